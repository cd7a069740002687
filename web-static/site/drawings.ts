/** Drawings made at build time; plain SVG, coloured by the page's style. */
import { isBlackKey, KEYBOARD, spokenNoteName } from '../src/piece.ts';

/**
 * The mark: the letter P written in the notes of a piano roll. Rows are [x, width] in a field of
 * 24 by 24.
 */
export const MARK_ROWS: readonly (readonly [y: number, x: number, width: number])[] = [
  [2, 3.5, 13],
  [6.2, 3.5, 4.6],
  [6.2, 14, 6.5],
  [10.4, 3.5, 4.6],
  [10.4, 15.5, 5],
  [14.6, 3.5, 13.5],
  [18.8, 3.5, 4.6],
];

export const markRects = () =>
  MARK_ROWS.map(([y, x, width]) => `<rect x="${x}" y="${y}" width="${width}" height="3.4" rx="1.3"/>`).join('');

export const mark = () => `<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">${markRects()}</svg>`;

/** The figures of J. S. Bach's Prelude in C (BWV 846), bars 1 to 4: five pitches a bar, played 1 2 3 4 5 3 4 5, twice. */
export const PRELUDE: readonly (readonly number[])[] = [
  [60, 64, 67, 72, 76],
  [60, 62, 69, 74, 77],
  [59, 62, 67, 74, 77],
  [60, 64, 67, 72, 76],
];

/** The prelude's opening as notes: start and length in sixteenths, pitch. */
export function prelude(): [start: number, length: number, pitch: number][] {
  const notes: [number, number, number][] = [];
  PRELUDE.forEach((figure, bar) => {
    for (const half of [0, 8]) {
      const at = bar * 16 + half;
      notes.push([at, 8, figure[0]!], [at + 1, 7, figure[1]!]);
      [2, 3, 4, 2, 3, 4].forEach((index, step) => notes.push([at + 2 + step, 1, figure[index]!]));
    }
  });
  return notes;
}

/** The prelude on a roll, as a picture of what will come. */
export function preludeRoll(): string {
  const low = 55;
  const high = 81;
  const row = 12;
  const step = 15;
  const width = 64 * step;
  const height = (high - low + 1) * row;
  const rows = [];
  for (let pitch = low; pitch <= high; pitch++) {
    if (isBlackKey(pitch)) rows.push(`<rect class="row" x="0" y="${(high - pitch) * row}" width="${width}" height="${row}"/>`);
  }
  const bars = [1, 2, 3].map((bar) => `<path class="bar" d="M${bar * 16 * step} 0v${height}"/>`);
  const notes = prelude().map(
    ([start, length, pitch]) =>
      `<rect class="note${length > 1 ? ' held' : ''}" x="${start * step}" y="${(high - pitch) * row + 1}" width="${length * step - 2}" height="${row - 2}" rx="3"/>`,
  );
  return `<svg class="prelude" viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMinYMid slice" aria-hidden="true">${rows.join('')}${bars.join('')}${notes.join('')}</svg>`;
}

/** The 88 keys with a range marked on them. */
export function keyboard(low: number, high: number): string {
  const keys: string[] = [];
  const names: string[] = [];
  let white = 0;
  const blacks: string[] = [];
  for (let pitch = KEYBOARD.low; pitch <= KEYBOARD.high; pitch++) {
    const within = pitch >= low && pitch <= high ? ' within' : '';
    if (isBlackKey(pitch)) {
      blacks.push(`<rect class="kb-black${within}" x="${white * 18 - 5.5}" y="0" width="11" height="62" rx="2"/>`);
    } else {
      keys.push(`<rect class="kb-white${within}" x="${white * 18 + 0.5}" y="0" width="17" height="98" rx="2.5"/>`);
      if (pitch % 12 === 0) names.push(`<text class="kb-name" x="${white * 18 + 9}" y="114" text-anchor="middle">C${pitch / 12 - 1}</text>`);
      white++;
    }
  }
  return `<svg class="keyboard" viewBox="0 0 ${white * 18 + 1} 118" role="img" aria-label="Keyboard of 88 keys; the range is ${spokenNoteName(low)} to ${spokenNoteName(high)}">${keys.join('')}${blacks.join('')}${names.join('')}</svg>`;
}

export const hertz = (pitch: number) => {
  const value = 440 * 2 ** ((pitch - 69) / 12);
  return value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
};
