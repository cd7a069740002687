/** A piece as the page holds it: parts and notes in quarter notes, with tempo and meter. */
import type { NotesChunk } from './follow';

export interface PieceNote {
  /** Quarter notes from the beginning. */
  start: number;
  /** Quarter notes it sounds. */
  length: number;
  pitch: number;
  velocity: number;
  part: number;
}

export interface Part {
  name: string;
  /** General MIDI program, 0..127. */
  program: number;
  percussion: boolean;
}

/** From this quarter note on, this many quarter notes a minute. */
export interface Tempo {
  start: number;
  bpm: number;
}

/** From this quarter note on, bars of so many beats of this note value. */
export interface Meter {
  start: number;
  beats: number;
  unit: number;
}

/** A MIDI message that is no note: program, controller, bend, pressure. */
export interface ControlMessage {
  start: number;
  part: number;
  bytes: number[];
}

export interface Piece {
  parts: Part[];
  notes: PieceNote[];
  tempos: Tempo[];
  meters: Meter[];
  controls: ControlMessage[];
}

export const emptyPiece = (): Piece => ({
  parts: [],
  notes: [],
  tempos: [{ start: 0, bpm: 120 }],
  meters: [{ start: 0, beats: 4, unit: 4 }],
  controls: [],
});

/**
 * Puts a chunk of composed notes into the piece. What was held from the chunk's first index on is
 * replaced, since a job that moved to another worker tells the piece again.
 *
 * @returns index of the first note that changed
 */
export function append(piece: Piece, chunk: NotesChunk): number {
  const from = Math.min(chunk.from ?? piece.notes.length, piece.notes.length);
  piece.notes.length = from;
  const steps = chunk.stepsPerQuarter || 24;
  if (chunk.tempoBpm > 0) piece.tempos = [{ start: 0, bpm: chunk.tempoBpm }];
  for (const [startStep, durationSteps, pitch, velocity, part] of chunk.notes) {
    piece.notes.push({ start: startStep / steps, length: durationSteps / steps, pitch, velocity, part });
    while (piece.parts.length <= part) {
      piece.parts.push({ name: 'Piano', program: 0, percussion: false });
    }
  }
  return from;
}

const PERCUSSION_CHANNEL = 9;

/** MIDI channel of a part: parts that are no percussion share the fifteen others in turn. */
export function channelOf(parts: readonly Part[], index: number): number {
  if (parts[index]?.percussion) return PERCUSSION_CHANNEL;
  const melodic = parts.slice(0, index).filter(({ percussion }) => !percussion).length % 15;
  return melodic < PERCUSSION_CHANNEL ? melodic : melodic + 1;
}

/** Quarter notes until the last note has ended. */
export function endOf(piece: Piece): number {
  return piece.notes.reduce((end, note) => Math.max(end, note.start + note.length), 0);
}

/** Seconds at a place given in quarter notes. */
export function secondsAt(tempos: readonly Tempo[], quarter: number): number {
  let seconds = 0;
  for (let i = 0; i < tempos.length; i++) {
    const { start, bpm } = tempos[i]!;
    if (i > 0 && start >= quarter) break;
    const end = Math.min(quarter, tempos[i + 1]?.start ?? Infinity);
    seconds += (Math.max(0, end - (i ? start : 0)) * 60) / bpm;
  }
  return seconds;
}

/** The place in quarter notes at a time in seconds: the inverse of {@link secondsAt}. */
export function quarterAt(tempos: readonly Tempo[], seconds: number): number {
  let passed = 0;
  for (let i = 0; i < tempos.length; i++) {
    const start = i ? tempos[i]!.start : 0;
    const next = tempos[i + 1]?.start ?? Infinity;
    const span = ((next - start) * 60) / tempos[i]!.bpm;
    if (passed + span >= seconds) return start + ((seconds - passed) * tempos[i]!.bpm) / 60;
    passed += span;
  }
  return 0;
}

/** Bar lines and beats up to a place, in quarter notes; bars are counted from 1. */
export function* beats(meters: readonly Meter[], end: number): Generator<{ at: number; bar: number | undefined }> {
  let bar = 1;
  for (let i = 0; i < meters.length; i++) {
    const { start, beats: count, unit } = meters[i]!;
    const stop = Math.min(end, meters[i + 1]?.start ?? Infinity);
    const beat = 4 / unit;
    for (let n = 0; start + n * beat < stop - 1e-6; n++) {
      yield { at: start + n * beat, bar: n % count === 0 ? bar++ : undefined };
    }
  }
}

/** The keys of a piano, A0 to C8. */
export const KEYBOARD = { low: 21, high: 108 } as const;

const SHARPS = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'];

/** Written name in scientific pitch notation: 60 is C4. */
export const noteName = (pitch: number) => `${SHARPS[pitch % 12]}${Math.floor(pitch / 12) - 1}`;
export const spokenNoteName = (pitch: number) =>
  `${SHARPS[pitch % 12]!.replace('♯', ' sharp')} ${Math.floor(pitch / 12) - 1}${pitch === 60 ? ', middle C' : ''}`;
export const isBlackKey = (pitch: number) => [1, 3, 6, 8, 10].includes(pitch % 12);

/** `Eb` as it is written: E♭. */
export const tonicName = (tonic: string) => tonic.replace('#', '♯').replace(/(?<=.)b/, '♭');
/** `harmonicMinor` in words. */
export const scaleName = (scale: string) => scale.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);

/** What a listener who cannot see the roll is told. */
export function describe(piece: Piece): string {
  if (!piece.notes.length) return 'Piano roll: no notes yet';
  const pitches = piece.notes.map((note) => note.pitch);
  const low = pitches.reduce((a, b) => Math.min(a, b));
  const high = pitches.reduce((a, b) => Math.max(a, b));
  const seconds = secondsAt(piece.tempos, endOf(piece));
  const names = [...new Set(piece.parts.map((part) => part.name))].filter(Boolean).join(', ');
  const count = piece.notes.length === 1 ? '1 note' : `${piece.notes.length.toLocaleString('en')} notes`;
  return `Piano roll: ${count}, ${spokenLength(seconds)}, from ${spokenNoteName(low)} to ${spokenNoteName(high)}${names ? `, ${names}` : ''}`;
}

export function spokenLength(seconds: number): string {
  const whole = Math.floor(seconds + 1e-6);
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  const parts = [];
  if (minutes) parts.push(`${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`);
  if (rest || !minutes) parts.push(`${rest} ${rest === 1 ? 'second' : 'seconds'}`);
  return parts.join(' ');
}

/** 83.4 → `1:23`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds + 1e-6));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
