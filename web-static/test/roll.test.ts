import { describe, expect, it } from 'vitest';
import { followScroll, NoteIndex, pitchRange, RollGeometry, RULER, shade, TILE, zoomScroll } from '../src/roll';
import type { PieceNote } from '../src/piece';

const note = (start: number, length: number, pitch = 60): PieceNote => ({ start, length, pitch, velocity: 64, part: 0 });

describe('pitchRange', () => {
  it('shows three octaves before there is a note', () => {
    expect(pitchRange([])).toEqual({ low: 48, high: 84 });
  });

  it('grows to hold every note and never leaves the keyboard of MIDI', () => {
    expect(pitchRange([{ pitch: 0 }, { pitch: 127 }])).toEqual({ low: 0, high: 127 });
    const range = pitchRange([{ pitch: 40 }]);
    expect(range.low).toBeLessThanOrEqual(38);
    expect(range.high).toBe(84);
  });
});

describe('RollGeometry', () => {
  const geometry = new RollGeometry(RULER + 370, 40, { low: 48, high: 84 });

  it('puts high notes above low ones, all below the ruler', () => {
    expect(geometry.y(84)).toBe(RULER);
    expect(geometry.y(48) + geometry.rowHeight).toBeCloseTo(RULER + 370);
  });

  it('turns places into pixels and back', () => {
    expect(geometry.quarter(geometry.x(12.5))).toBe(12.5);
    expect(geometry.quarter(-5)).toBe(0);
  });

  it('keeps the shortest note visible', () => {
    expect(geometry.box(note(1, 0.001)).width).toBe(2);
  });

  it('names the tiles a view touches', () => {
    expect(geometry.tiles(0, TILE - 1)).toEqual({ first: 0, last: 0 });
    expect(geometry.tiles(TILE - 10, TILE * 2 + 10)).toEqual({ first: 0, last: 2 });
  });
});

it('keeps the place under the pointer while zooming', () => {
  const scroll = zoomScroll(1000, 300, 40, 80);
  expect((scroll + 300) / 80).toBeCloseTo((1000 + 300) / 40);
});

it('turns the page when the cursor nears the right edge', () => {
  expect(followScroll(100, 0, 800)).toBe(0);
  expect(followScroll(700, 0, 800)).toBe(580);
  expect(followScroll(50, 400, 800)).toBe(0);
});

it('draws loud notes darker', () => {
  expect(shade(127)).toBe(1);
  expect(shade(1)).toBeGreaterThan(0.3);
  expect(shade(20)).toBeLessThan(shade(100));
});

describe('NoteIndex', () => {
  it('finds the notes that sound in a stretch, long ones included', () => {
    const notes = [note(0, 100, 30), ...Array.from({ length: 5000 }, (_, i) => note(i, 0.5))];
    const found = [...new NoteIndex(notes.sort((a, b) => a.start - b.start)).between(50, 52)];
    expect(found.map(({ start, pitch }) => [start, pitch])).toEqual([
      [0, 30],
      [50, 60],
      [51, 60],
      [52, 60],
    ]);
  });
});
