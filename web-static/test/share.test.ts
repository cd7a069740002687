import { describe, expect, it } from 'vitest';
import { decodeAddress, decodeSettings, encodeAddress, titleOf } from '../src/share';
import { noteName } from '../src/piece';
import type { GenerationRequest } from '../src/api';

const full: GenerationRequest = {
  start: { kind: 'note', pitch: 72 },
  length: { bars: 32 },
  sampling: { temperature: 0.85, topP: 0.9 },
  tempoBpm: 96,
  meter: '3/4',
  style: 'Żeleński',
  controls: { key: { tonic: 'F#', scale: 'harmonicMinor' }, pitchRange: { lowest: 0, highest: 88 }, maxPolyphony: 4, maxNotesPerBeat: 6 },
  includePrompt: true,
  model: 'piano',
  seed: Number.MAX_SAFE_INTEGER,
};

describe('the address of a piece', () => {
  it('carries every setting there and back', () => {
    const hash = encodeAddress({ id: 'abc234', settings: full });
    expect(decodeAddress(hash)).toEqual({ id: 'abc234', settings: full });
  });

  it('carries a surprise of so many notes', () => {
    const settings: GenerationRequest = { start: { kind: 'random' }, length: { notes: 250 }, seed: 0 };
    expect(decodeAddress(encodeAddress({ id: 'x', settings }))?.settings).toEqual(settings);
  });

  it('leaves out the settings of a continued file', () => {
    const hash = encodeAddress({ id: 'x', settings: { start: { kind: 'midi', data: 'TVRoZA==' }, length: { notes: 5 } } });
    expect(hash).toBe('#/piece/x');
    expect(decodeAddress(hash)).toEqual({ id: 'x' });
  });

  it.each(['', '#/', '#/piece/', '#/piece/../../etc', '#/piece/a b', '#main'])('is not %j', (hash) => {
    expect(decodeAddress(hash)).toBeUndefined();
  });

  it.each([
    'start=note&notes=10',
    'start=note&pitch=200&notes=10',
    'start=random',
    'start=random&notes=0',
    'start=random&notes=10&bars=2',
    'start=random&notes=1e3',
    'start=midi&notes=10',
    'start=random&notes=10&tempoBpm=900',
    'start=random&notes=10&seed=-1',
    'start=random&notes=10&temperature=warm',
    'start=random&notes=10&temperature=2.1',
    'start=random&notes=10&topK=241',
    'start=random&notes=10&topP=0',
    'start=random&notes=10&minP=-1',
    'start=random&notes=10&tonic=H&scale=major',
    'start=random&notes=10&tonic=C',
    'start=random&notes=10&lowest=40',
    'start=random&notes=10&maxPolyphony=33',
    'start=random&notes=10&style=',
  ])('refuses the settings %s but still opens the piece', (query) => {
    expect(decodeSettings(new URLSearchParams(query))).toBeUndefined();
    expect(decodeAddress(`#/piece/x?${query}`)).toEqual({ id: 'x' });
  });
});

it('names a piece by how it began', () => {
  expect(titleOf(full, noteName)).toBe('From C5, after Żeleński');
  expect(titleOf({ start: { kind: 'random' }, length: { notes: 5 } }, noteName)).toBe('A surprise');
  expect(titleOf(undefined, noteName)).toBe('A piece');
});
