import { html, nothing } from 'lit';
import { explain, models, type Model } from '../api';
import { LightElement } from './light-element';

/** The models of the running service with what they say of themselves. */
export class ModelFacts extends LightElement {
  static override properties = { offered: { state: true }, error: { state: true } };
  declare offered: Model[] | undefined;
  declare error: string;

  constructor() {
    super();
    this.offered = undefined;
    this.error = '';
  }

  override connectedCallback() {
    // What stands here for readers without JavaScript makes room.
    this.replaceChildren();
    super.connectedCallback();
    models().then(
      ({ models: offered }) => (this.offered = offered),
      (error: unknown) => (this.error = explain(error)),
    );
  }

  override render() {
    if (this.error) return html`<p class="hint">The model’s numbers cannot be shown now. ${this.error}</p>`;
    return this.offered?.map((model) => {
      const rows = facts(model);
      return html`<h3>${model.name}</h3>
        ${rows.length
          ? html`<dl class="facts">${rows.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`
          : nothing}`;
    });
  }
}

/** Flattens what a model says into rows: names from its own fields, numbers as people write them. */
export function facts(value: Record<string, unknown>, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, item]): [string, string][] => {
    if (!prefix && key === 'name') return [];
    const name = `${prefix}${spaced(key)}`;
    if (item === null || item === undefined || item === '') return [];
    if (Array.isArray(item)) {
      const texts = item.filter((part) => typeof part !== 'object').map(written);
      const nested = item.filter((part): part is Record<string, unknown> => typeof part === 'object' && part !== null);
      return [
        ...(texts.length ? ([[name, texts.join(', ')]] as [string, string][]) : []),
        ...nested.map((part): [string, string] => [name, facts(part).map(([k, v]) => `${k}: ${v}`).join('; ') || written(part['name'])]),
      ];
    }
    if (typeof item === 'object') return facts(item as Record<string, unknown>, `${name}, `);
    return [[name, written(item)]];
  });
}

const spaced = (key: string) => {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const written = (value: unknown): string =>
  typeof value === 'number'
    ? value.toLocaleString('en', { maximumFractionDigits: 4 })
    : typeof value === 'boolean'
      ? value
        ? 'yes'
        : 'no'
      : String(value);

customElements.define('model-facts', ModelFacts);
