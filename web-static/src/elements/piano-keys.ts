import { html, svg } from 'lit';
import { isBlackKey, KEYBOARD, noteName, spokenNoteName } from '../piece';
import { LightElement } from './light-element';

const { low: LOW, high: HIGH } = KEYBOARD;
const WHITE = 44;
const BLACK = 28;
const HEIGHT = 150;
const BLACK_HEIGHT = 94;

const whiteKeysBelow = (pitch: number) => {
  let count = 0;
  for (let p = LOW; p < pitch; p++) if (!isBlackKey(p)) count++;
  return count;
};

interface Key {
  pitch: number;
  black: boolean;
  x: number;
  width: number;
  height: number;
}

const KEYS: Key[] = Array.from({ length: HIGH - LOW + 1 }, (_, index) => {
  const pitch = LOW + index;
  const black = isBlackKey(pitch);
  return black
    ? { pitch, black, x: whiteKeysBelow(pitch) * WHITE - BLACK / 2, width: BLACK, height: BLACK_HEIGHT }
    : { pitch, black, x: whiteKeysBelow(pitch) * WHITE, width: WHITE, height: HEIGHT };
});
const WIDTH = whiteKeysBelow(HIGH + 1) * WHITE;

/**
 * The keyboard of a piano, on which one note is chosen. To assistive technology it is a slider that
 * speaks note names. Fires `choose` (detail: pitch).
 */
export class PianoKeys extends LightElement {
  static override properties = { value: { type: Number } };
  declare value: number;

  constructor() {
    super();
    this.value = 60;
  }

  override render() {
    // Black keys lie on top, so they are drawn last.
    const keys = [...KEYS].sort((a, b) => Number(a.black) - Number(b.black));
    return html`
      <div class="keys-scroller">
        <div
          class="keys"
          tabindex="0"
          role="slider"
          aria-label="First note"
          aria-valuemin=${LOW}
          aria-valuemax=${HIGH}
          aria-valuenow=${this.value}
          aria-valuetext=${spokenNoteName(this.value)}
          @keydown=${this.#keys}
          @click=${this.#press}
        >
          <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width=${WIDTH} height=${HEIGHT} aria-hidden="true">
            ${keys.map(
              (key) => svg`
                <rect
                  data-pitch=${key.pitch}
                  class="key ${key.black ? 'black' : 'white'} ${key.pitch === this.value ? 'chosen' : ''}"
                  x=${key.x + 0.5} y="-6" width=${key.width - 1} height=${key.height + 5} rx="5" />
                ${key.pitch % 12 === 0
                  ? svg`<text class="key-name ${key.pitch === this.value ? 'chosen' : ''}" x=${key.x + WHITE / 2} y=${HEIGHT - 12} text-anchor="middle">${noteName(key.pitch)}</text>`
                  : ''}`,
            )}
          </svg>
        </div>
      </div>
      <p class="keys-chosen"><strong>${noteName(this.value)}</strong> ${this.value === 60 ? 'middle C' : ''}</p>
    `;
  }

  override firstUpdated() {
    // The keyboard may still be folded away; it is centred when it is first seen.
    new IntersectionObserver((entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      this.#reveal();
    }).observe(this);
  }

  #reveal() {
    const scroller = this.querySelector('.keys-scroller');
    const key = KEYS[this.value - LOW];
    if (!scroller || !key) return;
    const centre = key.x + key.width / 2 - scroller.clientWidth / 2;
    if (key.x < scroller.scrollLeft + WHITE || key.x > scroller.scrollLeft + scroller.clientWidth - 2 * WHITE) {
      scroller.scrollLeft = centre;
    }
  }

  #choose(pitch: number) {
    this.value = Math.max(LOW, Math.min(HIGH, pitch));
    this.dispatchEvent(new CustomEvent('choose', { detail: this.value, bubbles: true }));
    void this.updateComplete.then(() => this.#reveal());
  }

  #press = (event: MouseEvent) => {
    const pitch = (event.target as Element).getAttribute('data-pitch');
    if (pitch) this.#choose(Number(pitch));
  };

  #keys = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowUp: 1,
      ArrowLeft: -1,
      ArrowDown: -1,
      PageUp: 12,
      PageDown: -12,
    };
    const step = steps[event.key];
    if (step !== undefined) this.#choose(this.value + step);
    else if (event.key === 'Home') this.#choose(LOW);
    else if (event.key === 'End') this.#choose(HIGH);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

customElements.define('piano-keys', PianoKeys);
