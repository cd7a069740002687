/**
 * Plays a piece on an instrument: a clock that turns quarter notes into MIDI messages a moment ahead.
 * The piece may still be growing; then the music waits at its end until more notes have come.
 */
import { channelOf, endOf, secondsAt, type Piece, type PieceNote } from './piece';

/** What sounds: MIDI messages at times on its own clock, in seconds. */
export interface Instrument {
  readonly now: number;
  send(bytes: readonly number[], time: number): void;
  /** Silences what sounds and forgets what was sent ahead. */
  silence(): void;
}

interface Sounding {
  /** When it was struck on the instrument's clock; with what is sent ahead, this may be yet to come. */
  struck: number;
  /** Place in the piece where it ends, in seconds. */
  end: number;
  channel: number;
  pitch: number;
}

/** How far ahead messages are sent, in seconds; a hidden page's timers fire once a second. */
const AHEAD = 0.15;
const AHEAD_HIDDEN = 1.3;
/** Music needed beyond the stopping place before a growing piece goes on, in seconds. */
const CUSHION = 0.5;

export class Transport {
  playing = false;
  loop = false;
  readonly muted = new Set<number>();
  readonly solo = new Set<number>();
  #piece: Piece;
  #rate = 1;
  #growing = false;
  #anchorPiece = 0;
  #anchorClock = 0;
  #nextNote = 0;
  #nextControl = 0;
  /**
   * Where the latest note sent begins, in quarter notes. What is sent runs ahead of the position, so
   * a piece that takes the place of the growing one goes on after this, not at the position.
   */
  #sent = -Infinity;
  #sounding: Sounding[] = [];
  #starts: number[] = [];
  #stalled = false;
  #end = 0;

  constructor(
    readonly instrument: Instrument,
    piece: Piece,
    private readonly onEnd: () => void = () => undefined,
  ) {
    this.#piece = piece;
    this.load(piece, false);
  }

  /** Takes a piece, or the same piece with more notes; playing goes on where it is. */
  load(piece: Piece, growing: boolean): void {
    const position = this.position;
    const changed = piece !== this.#piece;
    this.#piece = piece;
    this.#growing = growing;
    this.#starts = piece.notes.map((note) => secondsAt(piece.tempos, note.start));
    this.#end = secondsAt(piece.tempos, endOf(piece));
    if (changed || this.#nextNote > piece.notes.length) this.#aim(position);
    if (this.#stalled && (!growing || this.#edge > position + CUSHION)) {
      this.#stalled = false;
      this.#anchor(position);
    }
  }

  /** Where the music is, in seconds at the written tempo. */
  get position(): number {
    if (!this.playing || this.#stalled) return this.#anchorPiece;
    const reached = this.#anchorPiece + (this.instrument.now - this.#anchorClock) * this.#rate;
    return Math.max(this.#anchorPiece, Math.min(reached, this.#growing ? this.#edge : this.#end));
  }

  /** True while waiting for notes that are not composed yet. */
  get waiting(): boolean {
    return this.playing && this.#stalled;
  }

  get rate(): number {
    return this.#rate;
  }

  /** Speed against the written tempo: 1 as written. */
  set rate(rate: number) {
    const position = this.position;
    this.#rate = Math.max(0.25, Math.min(4, rate));
    this.#anchor(position);
  }

  play(): void {
    if (this.playing) return;
    const position = this.position;
    this.playing = true;
    this.seek(!this.#growing && position >= this.#end - 0.01 ? 0 : position);
  }

  pause(): void {
    if (!this.playing) return;
    const position = this.position;
    this.playing = false;
    this.#anchorPiece = position;
    this.#silence();
  }

  /** @param seconds place at the written tempo */
  seek(seconds: number): void {
    const target = Math.max(0, Math.min(seconds, this.#end));
    this.#silence();
    this.#stalled = false;
    this.#sent = -Infinity;
    this.#aim(target);
    this.#anchor(target);
    if (this.playing) this.#prepare(target);
  }

  /** Sends what is due; to be called every few tens of milliseconds. */
  tick(hidden = false): void {
    if (!this.playing) return;
    const position = this.position;
    if (this.#growing && !this.#stalled && position >= this.#edge - 1e-6) {
      this.#anchorPiece = position;
      this.#stalled = true;
    }
    if (this.#stalled) return;
    const horizon = position + (hidden ? AHEAD_HIDDEN : AHEAD) * this.#rate;
    this.#emit(this.#growing ? Math.min(horizon, this.#edge) : horizon);
    if (!this.#growing && position >= this.#end) {
      if (this.loop && this.#end > 0) {
        this.seek(0);
        this.tick(hidden);
      } else {
        this.pause();
        this.onEnd();
      }
    }
  }

  /** Lets muting and solo take hold at once. */
  refresh(): void {
    if (this.playing) this.seek(this.position);
  }

  /** Up to here nothing more can be added before. */
  get #edge(): number {
    return this.#starts.at(-1) ?? 0;
  }

  #audible(part: number): boolean {
    return this.solo.size ? this.solo.has(part) : !this.muted.has(part);
  }

  #channel(part: number): number {
    return channelOf(this.#piece.parts, part);
  }

  #anchor(position: number): void {
    this.#anchorPiece = position;
    this.#anchorClock = this.instrument.now;
  }

  #aim(position: number): void {
    const next = this.#piece.notes.findIndex(({ start }, index) => start > this.#sent && this.#starts[index]! >= position - 1e-6);
    this.#nextNote = next < 0 ? this.#piece.notes.length : next;
    const control = this.#piece.controls.findIndex((c) => secondsAt(this.#piece.tempos, c.start) >= position - 1e-6);
    this.#nextControl = control < 0 ? this.#piece.controls.length : control;
  }

  /** Sets programs and controllers as they stand at a place. */
  #prepare(position: number): void {
    const now = this.instrument.now;
    this.#piece.parts.forEach((part, index) => {
      if (!part.percussion) this.instrument.send([0xc0 | this.#channel(index), part.program], now);
    });
    const last = new Map<string, { part: number; bytes: number[] }>();
    for (const control of this.#piece.controls.slice(0, this.#nextControl)) {
      if (secondsAt(this.#piece.tempos, control.start) > position) break;
      const [status, first] = control.bytes;
      last.set(`${control.part}/${status}/${status === 0xb0 ? first : ''}`, control);
    }
    for (const { part, bytes } of last.values()) this.#control(part, bytes, now);
  }

  #control(part: number, bytes: readonly number[], time: number): void {
    this.instrument.send([bytes[0]! | this.#channel(part), ...bytes.slice(1)], time);
  }

  #emit(horizon: number): void {
    const { notes, controls, tempos } = this.#piece;
    const when = (place: number) => this.#anchorClock + (place - this.#anchorPiece) / this.#rate;
    for (;;) {
      const off = this.#sounding[0];
      const note: PieceNote | undefined = notes[this.#nextNote];
      const control = controls[this.#nextControl];
      const offAt = off ? off.end : Infinity;
      const noteAt = note ? this.#starts[this.#nextNote]! : Infinity;
      const controlAt = control ? secondsAt(tempos, control.start) : Infinity;
      const next = Math.min(offAt, noteAt, controlAt);
      if (next > horizon || next === Infinity) return;
      if (off && offAt === next) {
        this.#sounding.shift();
        this.instrument.send([0x80 | off.channel, off.pitch, 0], when(offAt));
      } else if (control && controlAt === next) {
        this.#nextControl++;
        this.#control(control.part, control.bytes, when(controlAt));
      } else if (note) {
        this.#nextNote++;
        this.#sent = note.start;
        if (!this.#audible(note.part)) continue;
        const channel = this.#channel(note.part);
        const struck = when(noteAt);
        this.instrument.send([0x90 | channel, note.pitch, note.velocity], struck);
        const end = secondsAt(tempos, note.start + note.length);
        const at = this.#sounding.findIndex((other) => other.end > end);
        this.#sounding.splice(at < 0 ? this.#sounding.length : at, 0, { struck, end, channel, pitch: note.pitch });
      }
    }
  }

  #silence(): void {
    this.instrument.silence();
    // Notes sent ahead would begin after this, and never end.
    const now = this.instrument.now;
    for (const { struck, channel, pitch } of this.#sounding) {
      if (struck > now) this.instrument.send([0x80 | channel, pitch, 0], struck + 0.005);
    }
    this.#sounding = [];
  }
}
