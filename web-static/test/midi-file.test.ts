import { describe, expect, it } from 'vitest';
import { MidiFileError, provenance, readMidi, writePiece } from '../src/midi-file';
import { emptyPiece, endOf, type Piece } from '../src/piece';

const duo: Piece = {
  ...emptyPiece(),
  parts: [
    { name: 'Flute', program: 73, percussion: false },
    { name: 'Drums', program: 0, percussion: true },
  ],
  tempos: [{ start: 0, bpm: 100 }],
  meters: [{ start: 0, beats: 3, unit: 4 }],
  notes: [
    { start: 0, length: 1, pitch: 60, velocity: 80, part: 0 },
    { start: 0, length: 0.5, pitch: 38, velocity: 90, part: 1 },
    { start: 1, length: 1, pitch: 60, velocity: 70, part: 0 },
  ],
};

describe('MIDI files', () => {
  it('read back what was written', () => {
    const read = readMidi(writePiece(duo));
    expect(read.notes).toEqual(duo.notes);
    expect(read.parts).toEqual(duo.parts);
    expect(read.meters).toEqual(duo.meters);
    expect(read.tempos[0]!.bpm).toBeCloseTo(100);
    expect(endOf(read)).toBe(2);
  });

  it.each([
    ['text', new TextEncoder().encode('this is no music at all')],
    ['nothing', new Uint8Array()],
    ['a damaged file', writePiece(duo).slice(0, 40)],
  ])('refuse %s in one sentence', (_, bytes) => {
    expect(() => readMidi(bytes)).toThrow(MidiFileError);
  });

  it('tell whether they were composed here, in every language and at any length', () => {
    const request = {
      start: { kind: 'midi', data: 'TVRoZA'.repeat(35_000) },
      length: { notes: 5 },
      style: 'Żeleński',
      seed: 7,
    } as const;
    const text = JSON.stringify({ partita: 1, request: { ...request, meter: null }, provider: 'CPU' });
    const file = withText(TEXT, new TextEncoder().encode(text));
    const before = file.slice();
    expect(provenance(file)).toEqual(request);
    expect(readMidi(file).notes).toHaveLength(1);
    expect(Buffer.compare(file, before)).toBe(0);
    expect(provenance(writePiece(duo))).toBeUndefined();
  });

  it.each([
    ['UTF-8', new TextEncoder().encode('Kołysanka')],
    ['Latin-1', Uint8Array.from('Für Elise', (letter) => letter.charCodeAt(0))],
  ])('name their parts in %s', (_, name) => {
    expect(['Kołysanka', 'Für Elise']).toContain(readMidi(withText(TRACK_NAME, name)).parts[0]!.name);
  });

  it('keep the names of parts when they are written', () => {
    const named = { ...duo, parts: duo.parts.map((part) => ({ ...part, name: 'Żeleński' })) };
    expect(readMidi(writePiece(named)).parts.map(({ name }) => name)).toEqual(['Żeleński', 'Żeleński']);
  });
});

const TEXT = 0x01;
const TRACK_NAME = 0x03;

/** A file of one note and a meta event, with running status and a program before it. */
function withText(type: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { length } = bytes;
  const event = [0, 0xff, type, 0x80 | (length >> 14), 0x80 | ((length >> 7) & 127), length & 127];
  const head = [0, 0xc0, 5, 0, 0x90, 60, 80];
  const tail = [96, 60, 0, 0, 0xff, 0x2f, 0];
  const size = head.length + event.length + length + tail.length;
  return Uint8Array.from([
    ...[0x4d, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, 0, 96],
    ...[0x4d, 0x54, 0x72, 0x6b, 0, (size >> 16) & 255, (size >> 8) & 255, size & 255],
    ...(type === TRACK_NAME ? [] : head),
    ...event,
    ...bytes,
    ...(type === TRACK_NAME ? head : []),
    ...tail,
  ]);
}
