/**
 * The address of a piece, `#/piece/ID?start=note&pitch=60&notes=200&seed=7`. The settings travel
 * with it, so that a piece the service no longer keeps can be composed again, byte for byte.
 */
import { defined, LIMITS, nonEmpty, type GenerationRequest, type LengthUnit, type Sampling } from './api';

export interface PieceAddress {
  id: string;
  /** Absent where the piece continues an uploaded file, which does not fit into a link. */
  settings?: GenerationRequest;
}

const UNITS: readonly LengthUnit[] = ['notes', 'bars', 'seconds'];
const SAMPLING: readonly (keyof Sampling)[] = ['temperature', 'topK', 'topP', 'minP'];

export function encodeSettings(settings: GenerationRequest): URLSearchParams | undefined {
  const { start, length, sampling, controls } = settings;
  if (start.kind === 'midi') return undefined;
  const query = new URLSearchParams({ start: start.kind });
  const put = (name: string, value: string | number | boolean | undefined) => {
    if (value !== undefined) query.set(name, String(value));
  };
  if (start.kind === 'note') put('pitch', start.pitch);
  for (const unit of UNITS) put(unit, length[unit]);
  for (const name of SAMPLING) put(name, sampling?.[name]);
  put('tempoBpm', settings.tempoBpm);
  put('meter', settings.meter);
  put('style', settings.style);
  put('tonic', controls?.key?.tonic);
  put('scale', controls?.key?.scale);
  put('lowest', controls?.pitchRange?.lowest);
  put('highest', controls?.pitchRange?.highest);
  put('maxPolyphony', controls?.maxPolyphony);
  put('maxNotesPerBeat', controls?.maxNotesPerBeat);
  put('includePrompt', settings.includePrompt || undefined);
  put('model', settings.model);
  put('seed', settings.seed);
  return query;
}

/** Reads settings; what is missing or out of range makes the whole `undefined`, since it would be another piece. */
export function decodeSettings(query: URLSearchParams): GenerationRequest | undefined {
  let sound = true;
  /** The value of a name, `undefined` if it is not there. */
  const get = <T>(name: string, read: (text: string) => T | undefined): T | undefined => {
    const text = query.get(name);
    if (text === null) return undefined;
    const value = read(text);
    if (value === undefined) sound = false;
    return value;
  };
  const whole = (name: string, { min, max }: { min: number; max: number }) =>
    get(name, (text) => (/^\d+$/.test(text) && +text >= min && +text <= max ? +text : undefined));
  const word = (name: string, pattern: RegExp) => get(name, (text) => (pattern.test(text) ? text : undefined));

  const kind = query.get('start');
  const pitch = whole('pitch', LIMITS.pitch);
  const units = UNITS.filter((unit) => query.has(unit));
  const unit = units[0];
  if (!unit || units.length > 1 || (kind === 'note' ? pitch === undefined : kind !== 'random')) return undefined;
  const sampling: Sampling = {};
  for (const name of SAMPLING) {
    const { min, max } = LIMITS[name];
    const value = get(name, (text) => (text && +text >= min && +text <= max ? +text : undefined));
    if (value !== undefined) sampling[name] = value;
  }
  const tonic = word('tonic', /^[A-G][#b]?$/);
  const scale = word('scale', /^[a-zA-Z]{1,40}$/);
  const lowest = whole('lowest', LIMITS.pitch);
  const highest = whole('highest', LIMITS.pitch);
  if (!tonic !== !scale || (lowest === undefined) !== (highest === undefined)) return undefined;
  const controls = defined({
    key: tonic && scale ? { tonic, scale } : undefined,
    pitchRange: lowest !== undefined && highest !== undefined ? { lowest, highest } : undefined,
    maxPolyphony: whole('maxPolyphony', LIMITS.maxPolyphony),
    maxNotesPerBeat: whole('maxNotesPerBeat', LIMITS.maxNotesPerBeat),
  });
  const settings = {
    start: kind === 'note' ? { kind, pitch: pitch! } : { kind: 'random' as const },
    length: { [unit]: whole(unit, LIMITS[unit]) },
    ...defined({
      sampling: nonEmpty(sampling),
      tempoBpm: whole('tempoBpm', LIMITS.tempoBpm),
      meter: word('meter', /^\d{1,2}\/\d{1,2}$/),
      style: word('style', /^[\p{L}\p{N}][^<>]{0,63}$/u),
      controls: nonEmpty(controls),
      includePrompt: get('includePrompt', (text) => text === 'true' || undefined),
      model: word('model', /^[a-z0-9][a-z0-9._-]{0,63}$/),
      seed: whole('seed', LIMITS.seed),
    }),
  } as GenerationRequest;
  return sound ? settings : undefined;
}

export function encodeAddress({ id, settings }: PieceAddress): string {
  const query = settings && encodeSettings(settings);
  return `#/piece/${encodeURIComponent(id)}${query ? `?${query}` : ''}`;
}

export function decodeAddress(hash: string): PieceAddress | undefined {
  const match = /^#\/piece\/([A-Za-z0-9_-]{1,128})(?:\?(.*))?$/.exec(hash);
  if (!match) return undefined;
  const settings = match[2] === undefined ? undefined : decodeSettings(new URLSearchParams(match[2]));
  return { id: match[1]!, ...(settings ? { settings } : {}) };
}

/** How a piece was asked for, in a few words. */
export function titleOf(settings: GenerationRequest | undefined, noteName: (pitch: number) => string): string {
  if (!settings) return 'A piece';
  const { start, style } = settings;
  const begins =
    start.kind === 'note' ? `From ${noteName(start.pitch)}` : start.kind === 'midi' ? 'A continuation' : 'A surprise';
  return style ? `${begins}, after ${style}` : begins;
}
