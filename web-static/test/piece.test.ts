import { describe, expect, it } from 'vitest';
import { append, beats, channelOf, clock, describe as spoken, emptyPiece, noteName, quarterAt, scaleName, secondsAt, spokenLength, tonicName } from '../src/piece';

describe('append', () => {
  it('adds notes in quarter notes', () => {
    const piece = emptyPiece();
    append(piece, { from: 0, notes: [[0, 24, 60, 80, 0]], stepsPerQuarter: 24, tempoBpm: 90 });
    append(piece, { from: 1, notes: [[36, 12, 64, 80, 1]], stepsPerQuarter: 24, tempoBpm: 90 });
    expect(piece.notes.map(({ start, length }) => [start, length])).toEqual([
      [0, 1],
      [1.5, 0.5],
    ]);
    expect(piece.parts).toHaveLength(2);
    expect(piece.tempos).toEqual([{ start: 0, bpm: 90 }]);
  });

  it('replaces what it holds when another worker tells the piece again', () => {
    const piece = emptyPiece();
    append(piece, { from: 0, notes: [[0, 24, 60, 80, 0], [24, 24, 62, 80, 0]], stepsPerQuarter: 24, tempoBpm: 120 });
    expect(append(piece, { from: 0, notes: [[0, 24, 60, 80, 0]], stepsPerQuarter: 24, tempoBpm: 120 })).toBe(0);
    expect(piece.notes).toHaveLength(1);
  });
});

it('turns places into seconds and back across tempo changes', () => {
  const tempos = [{ start: 0, bpm: 120 }, { start: 4, bpm: 60 }, { start: 6, bpm: 240 }];
  expect(secondsAt(tempos, 4)).toBe(2);
  expect(secondsAt(tempos, 5)).toBe(3);
  expect(secondsAt(tempos, 10)).toBe(5);
  for (let quarter = 0; quarter < 20; quarter += 0.37) {
    expect(quarterAt(tempos, secondsAt(tempos, quarter))).toBeCloseTo(quarter);
  }
});

it('counts bars through a change of meter', () => {
  const meters = [{ start: 0, beats: 3, unit: 4 }, { start: 6, beats: 6, unit: 8 }];
  const bars = [...beats(meters, 12)].filter(({ bar }) => bar !== undefined);
  expect(bars).toEqual([
    { at: 0, bar: 1 },
    { at: 3, bar: 2 },
    { at: 6, bar: 3 },
    { at: 9, bar: 4 },
  ]);
});

it('names notes as musicians write them', () => {
  expect([21, 60, 61, 108].map(noteName)).toEqual(['A0', 'C4', 'C♯4', 'C8']);
});

it('writes keys as musicians do', () => {
  expect(['C', 'F#', 'Bb'].map(tonicName)).toEqual(['C', 'F♯', 'B♭']);
  expect(['major', 'harmonicMinor'].map(scaleName)).toEqual(['major', 'harmonic minor']);
});

it('says lengths in words and on the clock', () => {
  expect(spokenLength(61)).toBe('1 minute 1 second');
  expect(spokenLength(120)).toBe('2 minutes');
  expect(clock(83.4)).toBe('1:23');
});

it('describes the roll to those who do not see it', () => {
  const piece = emptyPiece();
  expect(spoken(piece)).toBe('Piano roll: no notes yet');
  append(piece, { notes: [[0, 24, 60, 80, 0], [24, 24, 72, 80, 0]], stepsPerQuarter: 24, tempoBpm: 120 });
  expect(spoken(piece)).toBe('Piano roll: 2 notes, 1 second, from C 4, middle C to C 5, Piano');
});

it('gives percussion the tenth channel and lets the others share the rest', () => {
  const parts = Array.from({ length: 17 }, (_, index) => ({ name: '', program: 0, percussion: index === 2 }));
  expect(parts.map((_, index) => channelOf(parts, index))).toEqual([0, 1, 9, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 0]);
});
