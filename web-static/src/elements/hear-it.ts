import { html } from 'lit';
import { openSound, whySilent } from '../audio';
import { emptyPiece, type Piece } from '../piece';
import { prelude } from '../../site/drawings';
import { Transport } from '../transport';
import type { Sound } from '../sound';
import { LightElement } from './light-element';

/** A button that plays the instrument: the opening of a prelude by J. S. Bach. */
export class HearIt extends LightElement {
  static override properties = {
    program: { type: Number },
    name: {},
    playing: { state: true },
    loading: { state: true },
    failure: { state: true },
  };
  declare program: number;
  declare name: string;
  declare playing: boolean;
  declare loading: boolean;
  declare failure: string;
  #transport: Transport | undefined;
  #sound: Sound | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.program = 0;
    this.name = 'it';
    this.playing = false;
    this.loading = false;
    this.failure = '';
  }

  override render() {
    return html`<button type="button" class="primary-button" aria-busy=${this.loading} @click=${this.#toggle}>
        ${this.loading ? 'Loading, 1 MB' : this.playing ? 'Stop' : 'Hear it'}
      </button>
      <span role="status" class="hint">${this.failure || (this.playing ? 'J. S. Bach, Prelude in C' : '')}</span>`;
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#transport?.pause();
    this.#ended();
  }

  /** Peak of what sounds at this moment, 0..1. */
  level(): number {
    return this.#sound?.level() ?? 0;
  }

  #toggle = async () => {
    if (this.loading) return;
    if (this.playing) {
      this.#transport?.pause();
      this.#ended();
      return;
    }
    this.loading = true;
    this.failure = '';
    try {
      this.#sound = await openSound();
    } catch (error) {
      this.failure = whySilent(error);
      return;
    } finally {
      this.loading = false;
    }
    const transport = (this.#transport ??= new Transport(this.#sound, this.#music(), () => this.#ended()));
    transport.seek(0);
    transport.play();
    this.playing = true;
    this.#timer = setInterval(() => transport.tick(document.hidden), 40);
  };

  #ended() {
    clearInterval(this.#timer);
    this.playing = false;
    this.#sound?.suspend();
  }

  #music(): Piece {
    return {
      ...emptyPiece(),
      tempos: [{ start: 0, bpm: 72 }],
      parts: [{ name: this.name, program: this.program, percussion: false }],
      notes: prelude()
        .map(([start, length, pitch], index) => ({
          start: start / 4,
          length: length / 4,
          pitch,
          velocity: 62 + (index % 8 === 0 ? 12 : 0),
          part: 0,
        }))
        .sort((a, b) => a.start - b.start),
    };
  }
}

customElements.define('hear-it', HearIt);
