import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { LIMITS, models, type Model, type Models } from '../api';
import { KEYBOARD, noteName, scaleName, tonicName } from '../piece';
import { wishesOf, type Wishes } from '../wishes';
import { LightElement } from './light-element';

const TONICS = ['C', 'C#', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B'];
const METERS = ['2/4', '3/4', '4/4', '6/8'];

type Choice = readonly [value: string, label: string];

/** The folded part of the form, fetched when it is unfolded. Fires `wish` (detail: the wishes). */
export class MoreSettings extends LightElement {
  static override properties = { wishes: { attribute: false }, offer: { state: true } };
  declare wishes: Wishes;
  /** What the service offers; the fields work without it and only say less. */
  declare offer: Models;

  constructor() {
    super();
    this.wishes = wishesOf({});
    this.offer = { models: [] };
  }

  override connectedCallback() {
    super.connectedCallback();
    models().then((offer) => (this.offer = offer), () => undefined);
  }

  override render() {
    const { models: offered, scales } = this.offer;
    const model = this.#model;
    const styles = model?.styles?.slice(1) ?? [];
    const { temperature = 1, topP = 1 } = model?.sampling ?? {};
    return html`
      ${this.#group(
        'Taste',
        html`${this.#slider('temperature', 'Temperature', temperature, 0.5, 1.5, 0.01, 'Lower keeps to the usual, higher dares more.')}
        ${this.#slider('topP', 'Top-p', topP, 0.5, 1, 0.002, 'Leaves out the unlikeliest choices.')}
        ${styles.length || this.wishes.style
          ? this.#select('style', 'In the style of', styles.map((style) => [style, style]), 'no one in particular', 'wide')
          : nothing}`,
      )}
      ${this.#group(
        'Music',
        html`${scales
          ? html`${this.#select('tonic', 'Key', TONICS.map((tonic) => [tonic, tonicName(tonic)]))}
              ${this.#select('scale', 'Scale', scales.map(({ name }) => [name, capitalised(scaleName(name))]), undefined, '', !this.wishes.tonic)}`
          : nothing}
        ${this.#number('tempoBpm', 'Tempo', LIMITS.tempoBpm, 'Quarter notes a minute')}
        ${this.#select('meter', 'Meter', METERS.map((meter) => [meter, meter]))}`,
      )}
      ${scales
        ? this.#group(
            'Limits',
            html`${this.#pitch('lowest', 'Lowest note')} ${this.#pitch('highest', 'Highest note')}
            ${this.#number('maxPolyphony', 'Notes at once', LIMITS.maxPolyphony, 'At most')}
            ${this.#number('maxNotesPerBeat', 'Notes a beat', LIMITS.maxNotesPerBeat, 'Begun, at most')}`,
          )
        : nothing}
      ${this.#group(
        'Chance',
        html`<label class="field wide"
            ><span>Seed</span>
            <input type="text" name="seed" inputmode="numeric" pattern="[0-9]{1,16}" title="A whole number of up to 16 digits" placeholder="new each time" autocomplete="off" .value=${live(this.wishes.seed)} @input=${this.#changed('seed')} />
            <small>Same settings and seed, same piece</small></label
          >
          ${offered.length > 1
            ? this.#select('model', 'Model', offered.map(({ name, title }) => [name, title ?? name]), 'usual', 'wide')
            : nothing}`,
      )}
      ${Object.values(this.wishes).some(Boolean)
        ? html`<button type="button" class="mini-button" @click=${() => this.#wish(wishesOf({}))}>Reset these settings</button>`
        : nothing}
    `;
  }

  get #model(): Model | undefined {
    const wanted = this.wishes.model || this.offer.defaultModel;
    return this.offer.models.find(({ name }) => name === wanted) ?? this.offer.models[0];
  }

  #group(name: string, fields: TemplateResult) {
    return html`<fieldset class="more-fields"><legend>${name}</legend>${fields}</fieldset>`;
  }

  #slider(name: keyof Wishes, label: string, usual: number, min: number, max: number, step: number, hint: string) {
    const value = this.wishes[name] || String(usual);
    return html`<label class="field wide"
      ><span>${label} <output>${Number(value).toFixed(step < 0.01 ? 3 : 2)}</output></span>
      <input type="range" name=${name} min=${min} max=${max} step=${step} .value=${live(value)} @input=${this.#changed(name)} />
      <small>${hint}</small></label
    >`;
  }

  #number(name: keyof Wishes, label: string, { min, max }: { min: number; max: number }, hint: string) {
    return html`<label class="field"
      ><span>${label}</span>
      <input type="number" name=${name} inputmode="numeric" placeholder="any" min=${min} max=${max} .value=${live(this.wishes[name])} @input=${this.#changed(name)} />
      <small>${hint}, ${min} to ${max}</small></label
    >`;
  }

  #select(name: keyof Wishes, label: string, choices: readonly Choice[], none: string | undefined = 'any', width = '', disabled = false) {
    const value = this.wishes[name];
    const all: Choice[] = [...(none === undefined ? [] : [['', none] as const]), ...choices];
    // A shared piece may name what this service does not offer.
    if (value && !all.some(([known]) => known === value)) all.push([value, value]);
    return html`<label class="field ${width}"
      ><span>${label}</span>
      <select name=${name} ?disabled=${disabled} @change=${this.#changed(name)}>
        ${all.map(([choice, text]) => html`<option value=${choice} .selected=${live(choice === value)}>${text}</option>`)}
      </select></label
    >`;
  }

  #pitch(name: 'lowest' | 'highest', label: string) {
    const { low, high } = KEYBOARD;
    // The other end leaves only what makes sense.
    const from = name === 'highest' ? Math.max(low, Number(this.wishes.lowest || low)) : low;
    const to = name === 'lowest' ? Math.min(high, Number(this.wishes.highest || high)) : high;
    const choices = Array.from({ length: Math.max(0, to - from + 1) }, (_, n): Choice => [String(from + n), noteName(from + n)]);
    return this.#select(name, label, choices);
  }

  #changed(name: keyof Wishes) {
    return (event: Event) => {
      const { value } = event.target as HTMLInputElement | HTMLSelectElement;
      const wishes = { ...this.wishes, [name]: value };
      // A key wants a scale, and a scale without a key says nothing.
      if (name === 'tonic') wishes.scale = value && (wishes.scale || 'major');
      this.#wish(wishes);
    };
  }

  #wish(wishes: Wishes) {
    this.wishes = wishes;
    this.dispatchEvent(new CustomEvent<Wishes>('wish', { detail: wishes, bubbles: true }));
  }
}

const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

customElements.define('more-settings', MoreSettings);
