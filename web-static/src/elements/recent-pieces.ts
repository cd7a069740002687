import { html, nothing, svg } from 'lit';
import { history, type Entry, type Thumbnail } from '../history';
import { forget } from '../kept';
import { clock, noteName } from '../piece';
import { encodeAddress, titleOf } from '../share';
import { LightElement } from './light-element';

const STATUS_WORDS: Partial<Record<Entry['status'], string>> = {
  queued: 'Waiting',
  running: 'Being composed',
  failed: 'Failed',
  canceled: 'Canceled',
  expired: 'Given up',
};

/** The pieces this browser has asked for, with small rolls. */
export class RecentPieces extends LightElement {
  #update = () => this.requestUpdate();

  override connectedCallback() {
    super.connectedCallback();
    addEventListener('partita-history', this.#update);
    addEventListener('hashchange', this.#update);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('partita-history', this.#update);
    removeEventListener('hashchange', this.#update);
  }

  override render() {
    const entries = history.all();
    if (!entries.length) return nothing;
    return html`
      <section class="recent" aria-labelledby="recent-title">
        <h2 id="recent-title" tabindex="-1">Your pieces</h2>
        <p class="hint">The last twenty stay in this browser.</p>
        <ul class="recent-list">
          ${entries.map((entry, row) => this.#entry(entry, row))}
        </ul>
      </section>
    `;
  }

  #entry(entry: Entry, row: number) {
    const title = titleOf(entry.settings, noteName);
    const when = new Date(entry.createdAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
    const about =
      entry.status === 'succeeded' && entry.seconds !== undefined
        ? `${entry.notes} notes, ${clock(entry.seconds)}`
        : (STATUS_WORDS[entry.status] ?? '');
    return html`<li>
      <a class="recent-piece" href=${encodeAddress(entry)} aria-current=${location.hash.includes(entry.id) ? 'page' : nothing}>
        ${drawing(entry.thumbnail)}
        <span class="recent-title">${title}</span>
        <span class="recent-about">${about}</span>
        <time datetime=${new Date(entry.createdAt).toISOString()}>${when}</time>
      </a>
      <button type="button" class="icon-button recent-remove" aria-label="Forget ${title}, ${when}" @click=${() => this.#forget(entry, row)}>
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>
      </button>
    </li>`;
  }

  /** The focus goes to the row that moves up, or to what is left where there is none. */
  async #forget({ id }: Entry, row: number): Promise<void> {
    void forget(id);
    await this.updateComplete;
    const rows = this.querySelectorAll<HTMLElement>('.recent-piece');
    (rows[row] ?? this.querySelector<HTMLElement>('#recent-title') ?? this.closest<HTMLElement>('main'))?.focus();
  }
}

function drawing(thumbnail: Thumbnail | undefined) {
  const pitches = thumbnail?.map(([, , pitch]) => pitch) ?? [];
  const low = Math.min(...pitches, 48);
  const high = Math.max(...pitches, 72);
  const row = 56 / (high - low + 1);
  return html`<svg class="recent-roll" viewBox="0 0 240 64" preserveAspectRatio="none" aria-hidden="true">
    ${thumbnail?.map(
      ([start, length, pitch]) =>
        svg`<rect x=${(start * 0.24).toFixed(1)} y=${(4 + (high - pitch) * row).toFixed(1)} width=${Math.max(2.4, length * 0.24).toFixed(1)} height=${Math.max(2.6, row).toFixed(1)} rx="0.8" />`,
    )}
  </svg>`;
}

customElements.define('recent-pieces', RecentPieces);
