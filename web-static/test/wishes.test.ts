import { expect, it } from 'vitest';
import { wished, wishesOf } from '../src/wishes';
import type { GenerationRequest } from '../src/api';

const settings: Partial<GenerationRequest> = {
  sampling: { temperature: 0, topP: 0.9 },
  tempoBpm: 96,
  meter: '3/4',
  style: 'Chopin',
  controls: { key: { tonic: 'Eb', scale: 'dorian' }, pitchRange: { lowest: 0, highest: 96 }, maxPolyphony: 4, maxNotesPerBeat: 6 },
  seed: 0,
  model: 'piano',
};

it('shows the settings of a piece and asks for the same again', () => {
  expect(wished(wishesOf(settings))).toEqual(settings);
});

it('leaves to the service what was not said', () => {
  expect(wished(wishesOf({}))).toEqual({});
});

it('completes half a range and half a key', () => {
  expect(wished({ ...wishesOf({}), lowest: '60', tonic: 'C' })).toEqual({
    controls: { key: { tonic: 'C', scale: 'major' }, pitchRange: { lowest: 60, highest: 127 } },
  });
});

it('takes a scale without a key for nothing', () => {
  expect(wished({ ...wishesOf({}), scale: 'blues' })).toEqual({});
});
