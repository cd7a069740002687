/**
 * The form's folded settings as they are typed: every field a text, the empty text for what is left
 * to the service.
 */
import { defined, nonEmpty, type Controls, type GenerationRequest, type Sampling } from './api';

const NOTHING = {
  temperature: '',
  topP: '',
  tonic: '',
  scale: '',
  tempoBpm: '',
  meter: '',
  style: '',
  lowest: '',
  highest: '',
  maxPolyphony: '',
  maxNotesPerBeat: '',
  seed: '',
  model: '',
};

export type Wishes = typeof NOTHING;

/** The ends of a range of which only one end was chosen: all 128 keys of MIDI. */
const ENDS = { lowest: 0, highest: 127 };
const DEFAULT_SCALE = 'major';

/** The settings of a piece as the form shows them. */
export function wishesOf({ sampling, controls, tempoBpm, meter, style, seed, model }: Partial<GenerationRequest>): Wishes {
  const known = { tempoBpm, meter, style, seed, model, temperature: sampling?.temperature, topP: sampling?.topP, ...controls?.key, ...controls?.pitchRange, maxPolyphony: controls?.maxPolyphony, maxNotesPerBeat: controls?.maxNotesPerBeat };
  const texts = Object.entries(NOTHING).map(([name]) => [name, String(known[name as keyof Wishes] ?? '')]);
  return Object.fromEntries(texts) as Wishes;
}

/** What the wishes add to a request. */
export function wished(wishes: Wishes): Partial<GenerationRequest> {
  const number = (text: string) => (text === '' ? undefined : Number(text));
  const { tonic, scale, lowest, highest } = wishes;
  const sampling: Sampling = defined({ temperature: number(wishes.temperature), topP: number(wishes.topP) });
  const controls: Controls = defined({
    key: tonic ? { tonic, scale: scale || DEFAULT_SCALE } : undefined,
    pitchRange: lowest || highest ? { lowest: number(lowest) ?? ENDS.lowest, highest: number(highest) ?? ENDS.highest } : undefined,
    maxPolyphony: number(wishes.maxPolyphony),
    maxNotesPerBeat: number(wishes.maxNotesPerBeat),
  });
  return defined({
    sampling: nonEmpty(sampling),
    tempoBpm: number(wishes.tempoBpm),
    meter: wishes.meter || undefined,
    style: wishes.style || undefined,
    controls: nonEmpty(controls),
    seed: number(wishes.seed),
    model: wishes.model || undefined,
  });
}
