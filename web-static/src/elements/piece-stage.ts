import { html, nothing, svg, type PropertyValues } from 'lit';
import { live } from 'lit/directives/live.js';
import type { GenerationRequest } from '../api';
import { openSound, SoundError, whySilent } from '../audio';
import { clock, endOf, noteName, quarterAt, scaleName, secondsAt, spokenLength, tonicName } from '../piece';
import { percent, spoken, words, type Session } from '../session';
import { encodeAddress, titleOf } from '../share';
import type { Sound } from '../sound';
import type { Transport } from '../transport';
import { LightElement } from './light-element';
import type { PianoRoll } from './piano-roll';
import './piano-roll';

const SKIP_SECONDS = 5;

/**
 * A piece on stage: how far it is, its notes, its sound, and what can be done with it. Fires
 * `again` (detail: settings), `reopen`, and `continue` (detail: the file).
 */
export class PieceStage extends LightElement {
  static override properties = {
    session: { state: true },
    playing: { state: true },
    loading: { state: true },
    waiting: { state: true },
    looping: { state: true },
    volume: { state: true },
    tempo: { state: true },
    notice: { state: true },
    rendering: { state: true },
    milestone: { state: true },
  };
  declare session: Session | undefined;
  declare playing: boolean;
  declare loading: boolean;
  declare waiting: boolean;
  declare looping: boolean;
  declare volume: number;
  declare tempo: number;
  declare notice: string;
  declare rendering: boolean;
  /** What assistive technology is told; coarser than what is shown. */
  declare milestone: string;
  #sound: Sound | undefined;
  #transport: Transport | undefined;
  /** Where playing will begin, in seconds, while nothing has been played yet. */
  #place = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #frame = 0;
  #muted = new Set<number>();
  #solo = new Set<number>();
  #parted = new AbortController();
  #fileUrl: string | undefined;

  constructor() {
    super();
    this.playing = false;
    this.loading = false;
    this.waiting = false;
    this.looping = false;
    this.volume = 0.8;
    this.tempo = 100;
    this.notice = '';
    this.rendering = false;
    this.milestone = '';
  }

  /** Puts a piece on stage in place of the one before. */
  async open(session: Session): Promise<void> {
    this.stop();
    this.#parted.abort();
    this.#parted = new AbortController();
    this.session = session;
    this.#transport = undefined;
    this.#place = 0;
    this.#muted.clear();
    this.#solo.clear();
    this.tempo = 100;
    this.notice = '';
    this.milestone = '';
    if (this.#fileUrl) URL.revokeObjectURL(this.#fileUrl);
    this.#fileUrl = undefined;
    const { signal } = this.#parted;
    session.addEventListener('change', this.#changed, { signal });
    session.addEventListener('notes', this.#noted, { signal });
    session.addEventListener('ready', this.#ready, { signal });
    await this.updateComplete;
    this.#roll?.cursor(undefined);
    this.#roll?.show(session.piece, 0, session.growing);
    this.#changed();
  }

  /** Takes the piece off the stage. */
  clear(): void {
    this.stop();
    this.#parted.abort();
    this.session = undefined;
  }

  /** Peak of what sounds at this moment, 0..1. */
  level(): number {
    return this.#sound?.level() ?? 0;
  }

  get position(): number {
    return this.#transport?.position ?? this.#place;
  }

  async toggle(): Promise<void> {
    const session = this.session;
    if (!session || this.loading || !session.piece.notes.length) return;
    if (this.playing) {
      this.stop();
      return;
    }
    this.loading = true;
    this.notice = this.#sound ? '' : 'Loading the piano, 1 MB';
    let Player: typeof Transport;
    try {
      [this.#sound, { Transport: Player }] = await Promise.all([openSound(), import('../transport')]);
      this.#sound.volume = this.volume;
      this.notice = '';
    } catch (error) {
      this.notice = whySilent(error);
      return;
    } finally {
      this.loading = false;
    }
    if (this.session !== session) {
      this.#sound.suspend();
      return;
    }
    if (!this.#transport) {
      this.#transport = new Player(this.#sound, session.piece, () => this.#ended());
      this.#transport.load(session.piece, session.growing);
      this.#transport.seek(this.#place);
      this.#applyParts();
    }
    const transport = this.#transport;
    transport.loop = this.looping;
    transport.rate = this.tempo / 100;
    transport.play();
    this.#roll?.follow();
    this.playing = true;
    transport.tick(document.hidden);
    this.#timer = setInterval(() => {
      transport.tick(document.hidden);
      this.waiting = transport.waiting;
    }, 40);
    const move = () => {
      if (!this.playing) return;
      this.#showPosition(true);
      this.#frame = requestAnimationFrame(move);
    };
    move();
  }

  stop(): void {
    this.#transport?.pause();
    this.#ended();
  }

  /** Jumps by so many seconds. */
  skip(direction: -1 | 1): void {
    this.#seek(this.position + direction * SKIP_SECONDS);
  }

  toggleLoop(): void {
    this.looping = !this.looping;
    if (this.#transport) this.#transport.loop = this.looping;
  }

  /** Presses the download link. */
  download(): void {
    this.querySelector<HTMLAnchorElement>('a[download]')?.click();
  }

  zoom(factor: number): void {
    this.#roll?.zoom(factor);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.clear();
  }

  /** Whoever pressed a button that goes with its work goes on at the title, not at the top of the page. */
  protected override update(changed: PropertyValues): void {
    const held = this.contains(document.activeElement);
    super.update(changed);
    if (held && !this.contains(document.activeElement)) this.focusTitle();
  }

  focusTitle(): void {
    this.querySelector<HTMLElement>('#stage-title')?.focus({ preventScroll: true });
  }

  override render() {
    const session = this.session;
    if (!session) return nothing;
    const { state, piece } = session;
    const notes = piece.notes.length;
    const duration = secondsAt(piece.tempos, endOf(piece));
    const finished = session.bytes !== undefined;
    const failed = state.status === 'failed' || state.status === 'expired' || state.status === 'gone';
    return html`
      <section class="stage" aria-labelledby="stage-title" data-status=${state.status}>
        <header class="stage-head">
          <h2 id="stage-title" tabindex="-1">${session.name ?? titleOf(state.settings, noteName)}</h2>
          <p class="stage-words">
            ${words(state, notes)}${finished ? html`: ${notes.toLocaleString('en')} notes, ${spokenLength(duration)}` : nothing}
          </p>
          ${session.growing
            ? html`<button type="button" class="quiet-button" @click=${this.#cancel}>Cancel</button>`
            : nothing}
        </header>
        <p class="visually-hidden" role="status">${this.milestone}</p>
        ${session.growing
          ? html`<progress
              class="stage-bar"
              aria-label="Composed"
              max="100"
              .value=${state.status === 'running' ? percent(state) : 0}
            ></progress>`
          : nothing}
        ${failed
          ? html`<div class="stage-error" role="alert">
              <p>${state.error ?? words(state, notes)}</p>
              ${state.lost
                ? html`<button type="button" class="quiet-button" @click=${this.#reopen}>Try again</button>`
                : state.settings
                ? html`<button type="button" class="quiet-button" @click=${this.#again}>
                    ${state.status === 'gone' ? 'Compose it again' : 'Try again'}
                  </button>`
                : nothing}
            </div>`
          : nothing}

        ${failed && !notes ? nothing : this.#music(duration)}

        ${piece.parts.length > 1 ? this.#parts() : nothing}

        <div class="actions">
          ${finished
            ? html`<a class="link-button" href=${this.#fileHref(session.bytes!)} download=${this.#fileName('mid')}>Download MIDI</a>
                <button type="button" class="quiet-button" aria-disabled=${this.rendering} @click=${this.#wav}>
                  ${this.rendering ? 'Rendering' : 'Download WAV'}
                </button>`
            : nothing}
          ${state.status === 'canceled' && notes && !finished
            ? html`<button type="button" class="quiet-button" @click=${this.#savePart}>Save what is there</button>`
            : nothing}
          ${state.id && !failed
            ? html`${'share' in navigator
                  ? html`<button type="button" class="quiet-button" @click=${this.#share}>Share</button>`
                  : nothing}
                <button type="button" class="quiet-button" @click=${this.#copy}>Copy link</button>`
            : nothing}
          ${state.settings && !session.growing && !failed
            ? html`<button type="button" class="quiet-button" @click=${this.#again}>Compose this again</button>`
            : nothing}
          ${finished
            ? html`<button type="button" class="quiet-button" @click=${this.#continue}>Continue this</button>`
            : nothing}
        </div>
        <p class="notice" role="status">${this.notice}</p>
        ${state.settings ? settingsList(state.settings) : nothing}
      </section>
    `;
  }

  #music(duration: number) {
    const empty = !this.session!.piece.notes.length;
    return html`
        <piano-roll @seek=${(e: CustomEvent<number>) => this.#seek(secondsAt(this.session!.piece.tempos, e.detail))}></piano-roll>

        <div class="player" role="group" aria-label="Player">
          <button
            type="button"
            class="play-button"
            aria-label=${this.playing ? 'Pause' : 'Play'}
            aria-busy=${this.loading}
            ?disabled=${empty}
            @click=${() => this.toggle()}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              ${this.playing ? PAUSE : PLAY}
            </svg>
          </button>
          <div class="player-seek">
            <input
              type="range"
              class="seek"
              aria-label="Position"
              min="0"
              max=${Math.max(1, Math.ceil(duration * 10) / 10)}
              step="0.1"
              .value=${live(String(Math.min(this.position, duration)))}
              aria-valuetext=${`${clock(this.position)} of ${clock(duration)}`}
              ?disabled=${empty}
              @input=${(e: Event) => this.#seek((e.target as HTMLInputElement).valueAsNumber)}
            />
            <span class="player-time"
              ><span class="player-now">${clock(this.position)}</span><span>${this.waiting ? 'Waiting for more notes' : clock(duration)}</span></span
            >
          </div>
          <button
            type="button"
            class="icon-button"
            aria-pressed=${this.looping}
            aria-label="Loop"
            @click=${() => this.toggleLoop()}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M17 3l3 3-3 3M4 12V9a3 3 0 013-3h13M7 21l-3-3 3-3M20 12v3a3 3 0 01-3 3H4" /></svg>
          </button>
          <label class="slider"
            ><span>Volume</span
            ><input type="range" min="0" max="1" step="0.05" .value=${live(String(this.volume))} @input=${this.#setVolume}
          /></label>
          <label class="slider"
            ><span>Tempo <output>${this.tempo} %</output></span
            ><input type="range" min="50" max="200" step="5" .value=${live(String(this.tempo))} @input=${this.#setTempo}
          /></label>
        </div>
    `;
  }

  #parts() {
    return html`<ul class="parts">
      ${this.session!.piece.parts.map(
        (part, index) => html`<li class="part">
          <span class="part-colour colour-${index % 8}"></span>
          <span class="part-name">${part.name}</span>
          <button type="button" class="mini-button" aria-pressed=${this.#muted.has(index)} aria-label="Mute ${part.name}" @click=${() => this.#flip(this.#muted, index)}>Mute</button>
          <button type="button" class="mini-button" aria-pressed=${this.#solo.has(index)} aria-label="Solo ${part.name}" @click=${() => this.#flip(this.#solo, index)}>Solo</button>
        </li>`,
      )}
    </ul>`;
  }

  #flip(set: Set<number>, part: number) {
    if (!set.delete(part)) set.add(part);
    this.#applyParts();
    this.requestUpdate();
  }

  #applyParts() {
    const parts = this.session!.piece.parts.map((_, index) => index);
    const roll = this.#roll;
    if (roll) {
      roll.faint = new Set(parts.filter((p) => (this.#solo.size ? !this.#solo.has(p) : this.#muted.has(p))));
      roll.repaint();
    }
    const transport = this.#transport;
    if (!transport) return;
    transport.muted.clear();
    transport.solo.clear();
    this.#muted.forEach((part) => transport.muted.add(part));
    this.#solo.forEach((part) => transport.solo.add(part));
    transport.refresh();
  }

  get #roll(): PianoRoll | null {
    return this.querySelector('piano-roll');
  }

  #changed = () => {
    const session = this.session;
    if (!session) return;
    const notes = session.piece.notes.length;
    this.milestone = session.bytes ? `Ready, ${notes} notes` : spoken(session.state, notes);
    this.#transport?.load(session.piece, session.growing);
    this.requestUpdate();
    this.dispatchEvent(new Event('progressed', { bubbles: true }));
  };

  #noted = (event: Event) => {
    const session = this.session;
    if (!session) return;
    this.#roll?.show(session.piece, (event as CustomEvent<number>).detail, session.growing);
    this.#transport?.load(session.piece, session.growing);
    this.requestUpdate();
  };

  #ready = () => {
    const session = this.session;
    void this.updateComplete.then(() => {
      this.#changed();
      void this.updateComplete.then(() => {
        if (session?.watched) this.download();
      });
    });
  };

  #ended() {
    clearInterval(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#sound?.suspend();
    this.playing = false;
    this.waiting = false;
    this.#showPosition(false);
  }

  #showPosition(follow: boolean) {
    const session = this.session;
    if (!session) return;
    const { position } = this;
    const untouched = position === 0 && !this.playing;
    this.#roll?.cursor(untouched ? undefined : quarterAt(session.piece.tempos, position), follow);
    const seek = this.querySelector<HTMLInputElement>('.seek');
    if (seek && document.activeElement !== seek) seek.valueAsNumber = position;
    if (this.querySelector('.player-now')?.textContent !== clock(position)) this.requestUpdate();
  }

  #seek(seconds: number) {
    const session = this.session;
    if (!session) return;
    if (this.#transport) this.#transport.seek(seconds);
    else this.#place = Math.max(0, Math.min(seconds, secondsAt(session.piece.tempos, endOf(session.piece))));
    this.#showPosition(false);
    this.requestUpdate();
  }

  #setVolume = (event: Event) => {
    this.volume = (event.target as HTMLInputElement).valueAsNumber;
    if (this.#sound) this.#sound.volume = this.volume;
  };

  #setTempo = (event: Event) => {
    this.tempo = (event.target as HTMLInputElement).valueAsNumber;
    if (this.#transport) {
      this.#transport.rate = this.tempo / 100;
      this.#transport.refresh();
    }
  };

  #cancel = async () => {
    try {
      await this.session?.cancel();
    } catch {
      this.notice = 'The piece could not be canceled; it goes on.';
    }
  };

  #again = () => {
    const settings = this.session?.state.settings;
    if (settings) this.dispatchEvent(new CustomEvent<GenerationRequest>('again', { detail: settings, bubbles: true }));
  };

  #reopen = () => {
    this.dispatchEvent(new Event('reopen', { bubbles: true }));
  };

  #continue = () => {
    const bytes = this.session?.bytes;
    if (bytes) this.dispatchEvent(new CustomEvent('continue', { detail: bytes, bubbles: true }));
  };

  #fileHref(bytes: Uint8Array<ArrayBuffer>): string {
    this.#fileUrl ??= URL.createObjectURL(new Blob([bytes], { type: 'audio/midi' }));
    return this.#fileUrl;
  }

  #fileName(extension: string): string {
    const session = this.session!;
    if (!session.state.id) return `${(session.name ?? 'piece').replace(/\.midi?$/i, '')}.${extension}`;
    return `partita-${session.state.id.slice(0, 8)}.${extension}`;
  }

  #save(blob: Blob, name: string) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  #wav = async () => {
    const bytes = this.session?.bytes;
    if (!bytes || this.rendering) return;
    // Another piece may be on stage when this one is done.
    const name = this.#fileName('wav');
    this.rendering = true;
    this.notice = `Rendering ${name}`;
    try {
      const { renderWav } = await import('../sound');
      this.#save(await renderWav(bytes), name);
      this.notice = `${name} is ready.`;
    } catch (error) {
      this.notice = error instanceof SoundError ? error.message : `${name} could not be made. Check the connection and try again.`;
    } finally {
      this.rendering = false;
    }
  };

  #savePart = async () => {
    const { piece } = this.session!;
    const name = this.#fileName('mid');
    try {
      const { writePiece } = await import('../midi-file');
      this.#save(new Blob([writePiece(piece)], { type: 'audio/midi' }), name);
    } catch {
      this.notice = `${name} could not be made. Check the connection and try again.`;
    }
  };

  get #address(): string {
    const { id, settings } = this.session!.state;
    return new URL(`/${encodeAddress({ id, ...(settings ? { settings } : {}) })}`, location.href).href;
  }

  #copy = async () => {
    try {
      await navigator.clipboard.writeText(this.#address);
      this.notice = 'Link copied.';
    } catch {
      this.notice = `Copy this: ${this.#address}`;
    }
  };

  #share = async () => {
    try {
      await navigator.share({ title: 'A piece composed by Partita', url: this.#address });
    } catch (error) {
      if ((error as Error).name !== 'AbortError') await this.#copy();
    }
  };
}

const PLAY = svg`<path d="M7 4.5v15l13-7.5z" />`;
const PAUSE = svg`<path d="M7 5h3.5v14H7zM13.5 5H17v14h-3.5z" />`;

function settingsList(settings: GenerationRequest) {
  const { start, length, sampling, controls } = settings;
  const rows: [string, string][] = [
    ['Begins', start.kind === 'note' ? `with ${noteName(start.pitch)}` : start.kind === 'midi' ? 'with a file' : 'by chance'],
    ['Length', Object.entries(length).map(([unit, amount]) => `${amount} ${unit}`).join('')],
  ];
  if (sampling?.temperature !== undefined) rows.push(['Temperature', String(sampling.temperature)]);
  if (sampling?.topP !== undefined) rows.push(['Top-p', String(sampling.topP)]);
  if (sampling?.minP) rows.push(['Min-p', String(sampling.minP)]);
  if (settings.style !== undefined) rows.push(['Style', settings.style]);
  if (controls?.key) rows.push(['Key', `${tonicName(controls.key.tonic)} ${scaleName(controls.key.scale)}`]);
  if (controls?.pitchRange) rows.push(['Notes', `${noteName(controls.pitchRange.lowest)} to ${noteName(controls.pitchRange.highest)}`]);
  if (controls?.maxPolyphony !== undefined) rows.push(['At once', `at most ${controls.maxPolyphony}`]);
  if (controls?.maxNotesPerBeat !== undefined) rows.push(['A beat', `at most ${controls.maxNotesPerBeat} notes`]);
  if (settings.tempoBpm !== undefined) rows.push(['Tempo', `${settings.tempoBpm} bpm`]);
  if (settings.meter !== undefined) rows.push(['Meter', settings.meter]);
  if (settings.model !== undefined) rows.push(['Model', settings.model]);
  if (settings.seed !== undefined) rows.push(['Seed', String(settings.seed)]);
  return html`<dl class="settings">
    ${rows.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

customElements.define('piece-stage', PieceStage);
