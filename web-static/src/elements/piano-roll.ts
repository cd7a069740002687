import { html } from 'lit';
import { beats, describe, endOf, isBlackKey, type Piece } from '../piece';
import {
  followScroll,
  NoteIndex,
  pitchRange,
  RollGeometry,
  RULER,
  shade,
  TILE,
  ZOOM,
  zoomScroll,
} from '../roll';
import { LightElement } from './light-element';

interface Palette {
  paper: string;
  black: string;
  beat: string;
  bar: string;
  text: string;
  parts: string[];
}

/**
 * A piano roll that grows while a piece is composed. Notes are drawn once into tiles; scrolling
 * copies tiles, playing moves one line. Fires `seek` (detail: quarter notes) when pressed.
 */
export class PianoRoll extends LightElement {
  /** Parts drawn faintly, because they are muted. */
  faint: ReadonlySet<number> = new Set();
  #piece: Piece | undefined;
  #index = new NoteIndex([]);
  #geometry = new RollGeometry(320, ZOOM.start, { low: 48, high: 84 });
  #tiles = new Map<number, HTMLCanvasElement>();
  #palette: Palette | undefined;
  #following = true;
  #growing = false;
  #cursor: number | undefined;
  #frame = 0;
  #resize = new ResizeObserver(() => this.#layout());
  #scheme = matchMedia('(prefers-color-scheme: dark)');
  #recolour = () => {
    this.#palette = undefined;
    this.#forget();
  };

  #scroller!: HTMLElement;
  #space!: HTMLElement;
  #canvas!: HTMLCanvasElement;
  #line!: HTMLElement;

  override render() {
    return html`
      <div
        class="roll-scroller"
        tabindex="0"
        role="group"
        aria-label="Piano roll; arrow keys scroll, plus and minus zoom"
        @scroll=${this.#draw}
        @keydown=${this.#keys}
        @wheel=${this.#wheel}
        @pointerdown=${this.#release}
      >
        <div class="roll-space" @click=${this.#press}>
          <canvas class="roll-canvas" role="img" aria-label="Piano roll: no notes yet"></canvas>
          <div class="roll-cursor" hidden></div>
        </div>
      </div>
      <div class="roll-zoom">
        <button type="button" class="icon-button" aria-label="Zoom out" @click=${() => this.zoom(1 / 1.4)}>
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12h14" /></svg>
        </button>
        <button type="button" class="icon-button" aria-label="Zoom in" @click=${() => this.zoom(1.4)}>
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12h14M12 5v14" /></svg>
        </button>
      </div>
    `;
  }

  override firstUpdated() {
    this.#scroller = this.querySelector('.roll-scroller')!;
    this.#space = this.querySelector('.roll-space')!;
    this.#canvas = this.querySelector('canvas')!;
    this.#line = this.querySelector('.roll-cursor')!;
    this.#resize.observe(this.#scroller);
    this.#layout();
    // The piece may have come before the first drawing.
    if (this.#piece) this.show(this.#piece, 0, this.#growing);
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#scheme.addEventListener('change', this.#recolour);
    if (this.#scroller) this.#resize.observe(this.#scroller);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#scheme.removeEventListener('change', this.#recolour);
    this.#resize.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  /**
   * Shows the piece, or what was added to it.
   *
   * @param from index of the first note that is new
   * @param growing whether the view runs along with the newest notes
   */
  show(piece: Piece, from = 0, growing = false): void {
    const fresh = piece !== this.#piece || from === 0;
    if (fresh && !growing) this.#following = true;
    if (growing && !this.#growing) this.#following = true;
    this.#growing = growing;
    this.#piece = piece;
    this.#index = new NoteIndex(piece.notes);
    this.dataset['notes'] = String(piece.notes.length);
    if (!this.#canvas) return;
    this.#canvas.setAttribute('aria-label', describe(piece));
    const { range, pixelsPerQuarter, height } = this.#geometry;
    const needed = pitchRange(fresh ? piece.notes : piece.notes.slice(from), fresh ? undefined : range);
    if (fresh || needed.low !== range.low || needed.high !== range.high) {
      this.#geometry = new RollGeometry(height, pixelsPerQuarter, needed);
      this.#forget();
    } else {
      const first = piece.notes[from];
      if (first) {
        for (const tile of this.#tiles.keys()) {
          if ((tile + 1) * TILE >= this.#geometry.x(first.start)) this.#tiles.delete(tile);
        }
      }
    }
    this.#stretch();
    if (growing && this.#following) {
      this.#scroller.scrollLeft = this.#geometry.x(endOf(piece)) - this.#scroller.clientWidth + 40;
    } else if (fresh) {
      this.#scroller.scrollLeft = 0;
    }
    this.#draw();
  }

  /** Moves the playing line; `undefined` hides it. */
  cursor(quarter: number | undefined, follow = false): void {
    this.#cursor = quarter;
    if (!this.#line) return;
    this.#line.hidden = quarter === undefined;
    if (quarter === undefined) return;
    const x = this.#geometry.x(quarter);
    this.#line.style.transform = `translateX(${x}px)`;
    if (follow && this.#following) {
      const wanted = followScroll(x, this.#scroller.scrollLeft, this.#scroller.clientWidth);
      if (Math.abs(wanted - this.#scroller.scrollLeft) > 1) this.#scroller.scrollLeft = wanted;
    }
  }

  /** Lets the view run along again after the listener has scrolled away. */
  follow(): void {
    this.#following = true;
  }

  /** Redraws with the faint parts as they are now. */
  repaint(): void {
    this.#forget();
  }

  zoom(factor: number, pointer = this.#scroller.clientWidth / 2): void {
    const { height, pixelsPerQuarter: before, range } = this.#geometry;
    const after = Math.max(ZOOM.min, Math.min(ZOOM.max, before * factor));
    if (after === before) return;
    const scroll = zoomScroll(this.#scroller.scrollLeft, pointer, before, after);
    this.#geometry = new RollGeometry(height, after, range);
    this.#forget();
    this.#stretch();
    this.#scroller.scrollLeft = scroll;
    this.cursor(this.#cursor);
  }

  #keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') this.zoom(1.4);
    else if (event.key === '-') this.zoom(1 / 1.4);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      this.#release();
      this.#scroller.scrollLeft += event.key === 'ArrowLeft' ? -80 : 80;
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };

  #wheel = (event: WheelEvent) => {
    this.#release();
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY / 300), event.clientX - this.#scroller.getBoundingClientRect().left);
  };

  #release = () => {
    this.#following = false;
  };

  #press = (event: MouseEvent) => {
    const x = event.clientX - this.#space.getBoundingClientRect().left;
    this.#following = true;
    this.dispatchEvent(new CustomEvent('seek', { detail: this.#geometry.quarter(x), bubbles: true }));
  };

  #forget() {
    this.#tiles.clear();
    this.#draw();
  }

  #layout() {
    const { clientWidth, clientHeight } = this.#scroller;
    if (!clientWidth || !clientHeight) return;
    const ratio = devicePixelRatio || 1;
    this.#canvas.width = Math.round(clientWidth * ratio);
    this.#canvas.height = Math.round(clientHeight * ratio);
    this.#canvas.style.width = `${clientWidth}px`;
    this.#canvas.style.height = `${clientHeight}px`;
    if (clientHeight !== this.#geometry.height) {
      this.#geometry = new RollGeometry(clientHeight, this.#geometry.pixelsPerQuarter, this.#geometry.range);
    }
    this.#stretch();
    this.#forget();
  }

  /** Makes the scrolled space as wide as the piece. */
  #stretch() {
    const end = this.#piece ? endOf(this.#piece) : 0;
    this.#space.style.width = `${Math.max(this.#scroller.clientWidth, Math.ceil(this.#geometry.x(end)) + 48)}px`;
  }

  #draw = () => {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#paint());
  };

  #paint() {
    const context = this.#canvas?.getContext('2d');
    if (!context || !this.#canvas.width) return;
    const ratio = this.#canvas.width / this.#scroller.clientWidth;
    const { scrollLeft, clientWidth } = this.#scroller;
    context.setTransform(1, 0, 0, 1, 0, 0);
    const { first, last } = this.#geometry.tiles(scrollLeft, scrollLeft + clientWidth);
    for (let tile = first; tile <= last; tile++) {
      context.drawImage(this.#tile(tile, ratio), Math.round((tile * TILE - scrollLeft) * ratio), 0);
    }
    for (const tile of this.#tiles.keys()) {
      if (tile < first - 4 || tile > last + 4) this.#tiles.delete(tile);
    }
    // Names of the octaves stay at the left edge.
    const palette = this.#colours();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.font = '600 11px "Instrument Sans Variable", sans-serif';
    for (let pitch = Math.ceil(this.#geometry.range.low / 12) * 12; pitch <= this.#geometry.range.high; pitch += 12) {
      const middle = Math.min(this.#geometry.y(pitch) + this.#geometry.rowHeight / 2, this.#geometry.height - 9);
      if (middle < RULER + 6) continue;
      context.fillStyle = palette.paper;
      context.globalAlpha = 0.86;
      context.beginPath();
      context.roundRect(3, middle - 8, 23, 16, 4);
      context.fill();
      context.globalAlpha = 1;
      context.fillStyle = palette.text;
      context.fillText(`C${pitch / 12 - 1}`, 7, middle + 4);
    }
  }

  #tile(number: number, ratio: number): HTMLCanvasElement {
    const found = this.#tiles.get(number);
    if (found) return found;
    const geometry = this.#geometry;
    const tile = document.createElement('canvas');
    tile.width = Math.round(TILE * ratio);
    tile.height = this.#canvas.height;
    const context = tile.getContext('2d')!;
    const palette = this.#colours();
    context.scale(ratio, ratio);
    context.fillStyle = palette.paper;
    context.fillRect(0, 0, TILE, geometry.height);
    context.fillStyle = palette.black;
    for (let pitch = geometry.range.low; pitch <= geometry.range.high; pitch++) {
      if (isBlackKey(pitch)) context.fillRect(0, geometry.y(pitch), TILE, geometry.rowHeight);
    }
    const left = number * TILE;
    const to = geometry.quarter(left + TILE);
    context.font = '500 11px "Instrument Sans Variable", sans-serif';
    const everyBar = geometry.pixelsPerQuarter * 4 < 30 ? 4 : 1;
    for (const { at, bar } of beats(this.#piece?.meters ?? [{ start: 0, beats: 4, unit: 4 }], to)) {
      const x = Math.round(geometry.x(at) - left) + 0.5;
      if (x < -40 || (bar === undefined && geometry.pixelsPerQuarter < 14)) continue;
      context.fillStyle = bar === undefined ? palette.beat : palette.bar;
      context.fillRect(x - 0.5, bar === undefined ? RULER : 0, 1, geometry.height);
      if (bar !== undefined && (bar - 1) % everyBar === 0) {
        context.fillStyle = palette.text;
        context.fillText(String(bar), x + 5, 15);
      }
    }
    for (const note of this.#index.between(geometry.quarter(left - 4), to)) {
      const { x, y, width, height } = geometry.box(note);
      context.globalAlpha = this.faint.has(note.part) ? 0.12 : shade(note.velocity);
      context.fillStyle = palette.parts[note.part % palette.parts.length]!;
      context.beginPath();
      context.roundRect(x - left, y, width, height, Math.min(3, height / 2, width / 2));
      context.fill();
    }
    context.globalAlpha = 1;
    this.#tiles.set(number, tile);
    return tile;
  }

  #colours(): Palette {
    if (this.#palette) return this.#palette;
    // Resolved through an element, since light-dark() has no value until it is used.
    const probe = document.createElement('span');
    this.append(probe);
    const colour = (name: string) => {
      probe.style.color = `var(${name})`;
      return getComputedStyle(probe).color;
    };
    this.#palette = {
      paper: colour('--roll-paper'),
      black: colour('--roll-black'),
      beat: colour('--roll-beat'),
      bar: colour('--roll-bar'),
      text: colour('--roll-text'),
      parts: Array.from({ length: 8 }, (_, index) => colour(`--part-${index}`)),
    };
    probe.remove();
    return this.#palette;
  }
}

customElements.define('piano-roll', PianoRoll);
