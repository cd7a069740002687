/**
 * The address of a piece, `#/piece/ID?start=note&pitch=60&notes=200&seed=7`. The settings travel
 * with it, so that a piece the service no longer keeps can be composed again, byte for byte.
 */
import { LIMITS, type GenerationRequest, type LengthUnit, type Sampling } from './api';

export interface PieceAddress {
  id: string;
  /** Absent where the piece continues an uploaded file, which does not fit into a link. */
  settings?: GenerationRequest;
}

const UNITS: readonly LengthUnit[] = ['notes', 'bars', 'seconds'];
const SAMPLING: readonly (keyof Sampling)[] = ['temperature', 'topK', 'topP', 'minP'];

export function encodeSettings(settings: GenerationRequest): URLSearchParams | undefined {
  if (settings.start.kind === 'midi') return undefined;
  const query = new URLSearchParams({ start: settings.start.kind });
  if (settings.start.kind === 'note') query.set('pitch', String(settings.start.pitch));
  for (const unit of UNITS) {
    if (settings.length[unit] !== undefined) query.set(unit, String(settings.length[unit]));
  }
  for (const name of SAMPLING) {
    if (settings.sampling?.[name] !== undefined) query.set(name, String(settings.sampling[name]));
  }
  if (settings.tempoBpm !== undefined) query.set('tempoBpm', String(settings.tempoBpm));
  if (settings.meter !== undefined) query.set('meter', settings.meter);
  if (settings.model !== undefined) query.set('model', settings.model);
  if (settings.seed !== undefined) query.set('seed', String(settings.seed));
  return query;
}

/** Reads settings; what is missing or out of range makes the whole `undefined`. */
export function decodeSettings(query: URLSearchParams): GenerationRequest | undefined {
  const kind = query.get('start');
  const settings: GenerationRequest = { start: { kind: 'random' }, length: {} };
  if (kind === 'note') {
    const pitch = whole(query.get('pitch'), 0, 127);
    if (pitch === undefined) return undefined;
    settings.start = { kind, pitch };
  } else if (kind !== 'random') {
    return undefined;
  }
  const units = UNITS.filter((unit) => query.has(unit));
  const unit = units[0];
  if (units.length !== 1 || unit === undefined) return undefined;
  const amount = whole(query.get(unit), LIMITS[unit].min, LIMITS[unit].max);
  if (amount === undefined) return undefined;
  settings.length = { [unit]: amount };
  const sampling: Sampling = {};
  for (const name of SAMPLING) {
    const value = Number(query.get(name) ?? NaN);
    if (query.has(name) && Number.isFinite(value)) sampling[name] = value;
  }
  if (Object.keys(sampling).length) settings.sampling = sampling;
  const tempo = whole(query.get('tempoBpm'), LIMITS.tempoBpm.min, LIMITS.tempoBpm.max);
  if (tempo !== undefined) settings.tempoBpm = tempo;
  const meter = query.get('meter');
  if (meter && /^\d{1,2}\/\d{1,2}$/.test(meter)) settings.meter = meter;
  const model = query.get('model');
  if (model && /^[a-z0-9][a-z0-9._-]{0,63}$/.test(model)) settings.model = model;
  const seed = whole(query.get('seed'), LIMITS.seed.min, LIMITS.seed.max);
  if (seed !== undefined) settings.seed = seed;
  return settings;
}

function whole(text: string | null, min: number, max: number): number | undefined {
  if (text === null || !/^\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
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
  const { start } = settings;
  if (start.kind === 'note') return `From ${noteName(start.pitch)}`;
  return start.kind === 'midi' ? 'A continuation' : 'A surprise';
}
