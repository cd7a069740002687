import { describe, expect, it } from 'vitest';
import { writeMidi } from 'midi-file';
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

  it('tell whether they were composed here', () => {
    const text = '{"partita":1,"request":{"start":{"kind":"note","pitch":60},"length":{"notes":5},"seed":7,"meter":null},"provider":"CPU"}';
    const file = new Uint8Array(
      writeMidi({
        header: { format: 0, numTracks: 1, ticksPerBeat: 480 },
        tracks: [
          [
            { deltaTime: 0, meta: true, type: 'text', text },
            { deltaTime: 0, meta: true, type: 'endOfTrack' },
          ] as never,
        ],
      }),
    );
    expect(provenance(file)).toEqual({ start: { kind: 'note', pitch: 60 }, length: { notes: 5 }, seed: 7 });
    expect(provenance(writePiece(duo))).toBeUndefined();
  });
});
