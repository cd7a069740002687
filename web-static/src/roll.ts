/** Where things lie on the piano roll; plain numbers, no drawing. */
import type { PieceNote } from './piece';

/** Height of the strip with bar numbers, in pixels. */
export const RULER = 22;
export const TILE = 1024;
/** Pixels a quarter note may take. */
export const ZOOM = { min: 6, max: 160, start: 36 } as const;

export interface PitchRange {
  low: number;
  high: number;
}

/** Range shown before the first note has come. */
const EMPTY: PitchRange = { low: 48, high: 84 };

/** Whole octaves that hold every note with a little air, so that a growing piece seldom re-scales. */
export function pitchRange(notes: readonly Pick<PieceNote, 'pitch'>[], least: PitchRange = EMPTY): PitchRange {
  let { low, high } = least;
  for (const { pitch } of notes) {
    if (pitch - 2 < low) low = Math.max(0, Math.floor((pitch - 2) / 6) * 6);
    if (pitch + 2 > high) high = Math.min(127, Math.ceil((pitch + 2) / 6) * 6);
  }
  return { low, high };
}

export class RollGeometry {
  constructor(
    readonly height: number,
    readonly pixelsPerQuarter: number,
    readonly range: PitchRange,
  ) {}

  get rowHeight(): number {
    return (this.height - RULER) / (this.range.high - this.range.low + 1);
  }

  x(quarter: number): number {
    return quarter * this.pixelsPerQuarter;
  }

  quarter(x: number): number {
    return Math.max(0, x / this.pixelsPerQuarter);
  }

  /** Upper edge of a pitch's row. */
  y(pitch: number): number {
    return RULER + (this.range.high - pitch) * this.rowHeight;
  }

  /** A note's box: at least wide enough to be seen, with a hair of air before the next. */
  box(note: Pick<PieceNote, 'start' | 'length' | 'pitch'>): { x: number; y: number; width: number; height: number } {
    const gap = this.rowHeight > 5 ? 1 : 0;
    return {
      x: this.x(note.start),
      y: this.y(note.pitch) + gap / 2,
      width: Math.max(2, this.x(note.length) - 1),
      height: Math.max(2, this.rowHeight - gap),
    };
  }

  /** First and last tile that a stretch of pixels touches. */
  tiles(from: number, to: number): { first: number; last: number } {
    return { first: Math.max(0, Math.floor(from / TILE)), last: Math.max(0, Math.floor(to / TILE)) };
  }
}

/** How dark a note is drawn: velocity 1..127 to 0.38..1. */
export const shade = (velocity: number) => 0.38 + (0.62 * Math.min(127, Math.max(1, velocity))) / 127;

/** The scroll position that keeps the place under the pointer where it is when zooming. */
export function zoomScroll(scrollLeft: number, pointer: number, before: number, after: number): number {
  return Math.max(0, ((scrollLeft + pointer) / before) * after - pointer);
}

/** The scroll position while playing: the cursor stays in the view's left half, and turns the page at its end. */
export function followScroll(cursor: number, scrollLeft: number, width: number): number {
  if (cursor < scrollLeft || cursor > scrollLeft + width * 0.85) return Math.max(0, cursor - width * 0.15);
  return scrollLeft;
}

/**
 * Notes sorted by start, indexed so that a stretch of the piece finds its notes without walking all
 * of them.
 */
export class NoteIndex {
  readonly #starts: Float64Array;
  #longest = 0;

  constructor(readonly notes: readonly PieceNote[]) {
    this.#starts = Float64Array.from(notes, (note) => note.start);
    for (const note of notes) this.#longest = Math.max(this.#longest, note.length);
  }

  /** Notes that sound somewhere in [from, to], in quarter notes. */
  *between(from: number, to: number): Generator<PieceNote> {
    let low = 0;
    let high = this.#starts.length;
    const wanted = from - this.#longest;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < this.notes.length && this.#starts[i]! <= to; i++) {
      const note = this.notes[i]!;
      if (note.start + note.length >= from) yield note;
    }
  }
}
