import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { explain, LIMITS, type Generation, type GenerationRequest, type LengthUnit } from '../api';
import { Submission } from '../submission';
import { wished, wishesOf, type Wishes } from '../wishes';
import { LightElement } from './light-element';
import './piano-keys';

const PRESETS = [
  { id: 'short', label: 'Short', hint: '100 notes', length: { notes: 100 } },
  { id: 'medium', label: 'Medium', hint: '250 notes', length: { notes: 250 } },
  { id: 'long', label: 'Long', hint: '600 notes', length: { notes: 600 } },
  { id: 'exact', label: 'Exact', hint: 'you say', length: undefined },
] as const;

const UNIT_NAMES: Record<LengthUnit, string> = { notes: 'notes', bars: 'bars', seconds: 'seconds' };

export interface Submitted {
  job: Generation;
  settings: GenerationRequest;
}

/** Where a piece is asked for. Fires `submitted` and, for a key struck on the keyboard, `choose`. */
export class GenerateForm extends LightElement {
  static override properties = {
    busy: { state: true },
    error: { state: true },
    start: { state: true },
    pitch: { state: true },
    preset: { state: true },
    amount: { state: true },
    unit: { state: true },
    wishes: { state: true },
    unfolded: { state: true },
  };
  declare busy: boolean;
  declare error: string;
  declare start: 'random' | 'note';
  declare pitch: number;
  declare preset: (typeof PRESETS)[number]['id'];
  declare amount: number;
  declare unit: LengthUnit;
  /** What the folded settings say. */
  declare wishes: Wishes;
  declare unfolded: boolean;
  #submission = new Submission();
  /** What was asked for last; `undefined` once the form says something else. */
  #asked: GenerationRequest | undefined;

  constructor() {
    super();
    this.busy = false;
    this.error = '';
    this.start = 'random';
    this.pitch = 60;
    this.preset = 'medium';
    this.amount = 32;
    this.unit = 'bars';
    this.wishes = wishesOf({});
    this.unfolded = false;
    // Opens the fold round a setting that is refused, for the browser can neither focus nor explain a
    // hidden one. The event does not bubble.
    this.addEventListener('invalid', ({ target }) => (target as Element).closest('details')?.setAttribute('open', ''), true);
  }

  /** Puts the settings of a piece into the form, but for the seed: the next piece is to be a new one. */
  take(settings: GenerationRequest): void {
    if (settings.start.kind === 'note') {
      this.start = 'note';
      this.pitch = settings.start.pitch;
    } else {
      this.start = 'random';
    }
    const preset = PRESETS.find(({ length }) => length && length.notes === settings.length.notes);
    this.preset = preset?.id ?? 'exact';
    for (const unit of Object.keys(UNIT_NAMES) as LengthUnit[]) {
      const amount = settings.length[unit];
      if (amount !== undefined) {
        this.amount = amount;
        this.unit = unit;
      }
    }
    this.wishes = { ...wishesOf(settings), seed: '' };
  }

  /** What the form asks for; defaults are left to the service. */
  get request(): GenerationRequest {
    const preset = PRESETS.find(({ id }) => id === this.preset);
    return {
      start: this.start === 'note' ? { kind: 'note', pitch: this.pitch } : { kind: 'random' },
      length: preset?.length ?? { [this.unit]: this.amount },
      ...wished(this.wishes),
    };
  }

  /** Says what is wrong with the settings, if anything is. */
  reportValidity(): boolean {
    return this.querySelector('form')!.reportValidity();
  }

  /** Asks for a piece; the service's refusal is shown in the form. */
  async ask(settings: GenerationRequest): Promise<void> {
    if (this.busy) return;
    this.#asked = settings;
    this.busy = true;
    this.error = '';
    try {
      const job = await this.#submission.send(settings);
      this.dispatchEvent(new CustomEvent<Submitted>('submitted', { detail: { job, settings }, bubbles: true }));
    } catch (error) {
      this.error = explain(error);
      await this.updateComplete;
      this.querySelector<HTMLElement>('.form-error button')?.focus();
    } finally {
      this.busy = false;
    }
  }

  override render() {
    return html`
      <form class="generate" @submit=${this.#submit} @input=${this.#edited} @change=${this.#edited} @choose=${this.#edited} @wish=${this.#edited} aria-busy=${this.busy}>
        <fieldset class="choice">
          <legend>Begin with</legend>
          <div class="segments">
            ${this.#radio('start', 'random', this.start, 'Surprise me', '', () => (this.start = 'random'))}
            ${this.#radio('start', 'note', this.start, 'Choose a note', '', () => (this.start = 'note'))}
          </div>
          ${this.start === 'note'
            ? html`<piano-keys .value=${this.pitch} @choose=${(e: CustomEvent<number>) => (this.pitch = e.detail)}></piano-keys>`
            : nothing}
        </fieldset>

        <fieldset class="choice">
          <legend>Length</legend>
          <div class="segments">
            ${PRESETS.map(({ id, label, hint }) =>
              this.#radio('length', id, this.preset, label, hint, () => (this.preset = id)),
            )}
          </div>
          ${this.preset === 'exact'
            ? html`<div class="pair">
                <label class="field"
                  ><span>How many</span>
                  <input
                    type="number"
                    name="amount"
                    required
                    inputmode="numeric"
                    min=${LIMITS[this.unit].min}
                    max=${LIMITS[this.unit].max}
                    .value=${live(String(this.amount))}
                    @input=${(e: Event) => (this.amount = (e.target as HTMLInputElement).valueAsNumber)}
                /></label>
                <label class="field"
                  ><span>Unit</span>
                  <select name="unit" @change=${(e: Event) => (this.unit = (e.target as HTMLSelectElement).value as LengthUnit)}>
                    ${Object.entries(UNIT_NAMES).map(
                      ([unit, name]) => html`<option value=${unit} ?selected=${unit === this.unit}>${name}</option>`,
                    )}
                  </select></label
                >
              </div>`
            : nothing}
        </fieldset>

        <details class="more" @toggle=${this.#unfold}>
          <summary>More settings</summary>
          ${this.unfolded
            ? html`<more-settings .wishes=${this.wishes} @wish=${(e: CustomEvent<Wishes>) => (this.wishes = e.detail)}></more-settings>`
            : nothing}
        </details>

        ${this.error
          ? html`<div class="form-error" role="alert">
              <p>${this.error}</p>
              <button type="button" class="quiet-button" @click=${this.#retry}>Try again</button>
            </div>`
          : nothing}

        <button type="submit" class="primary-button" ?disabled=${this.busy}>
          <span>${this.busy ? 'Asking' : 'Generate'}</span>
        </button>
      </form>
    `;
  }

  #radio(name: string, value: string, chosen: string, label: string, hint: string, choose: () => void) {
    return html`<label class="segment"
      ><input type="radio" name=${name} value=${value} .checked=${live(chosen === value)} @change=${choose} /><span
        >${label}${hint ? html`<small>${hint}</small>` : nothing}</span
      ></label
    >`;
  }

  #unfold = (event: Event) => {
    if (!(event.target as HTMLDetailsElement).open) return;
    this.unfolded = true;
    // The page says it when a part of it cannot be loaded.
    import('./more-settings').catch(() => undefined);
  };

  #edited = () => {
    this.#asked = undefined;
  };

  #retry = () => {
    if (this.#asked) void this.ask(this.#asked);
    else this.querySelector('form')?.requestSubmit();
  };

  #submit = (event: Event) => {
    event.preventDefault();
    void this.ask(this.request);
  };
}

customElements.define('generate-form', GenerateForm);
