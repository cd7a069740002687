import { html } from 'lit';
import { explain, models, type Model } from '../api';
import { LightElement } from './light-element';

/** The models of the running service with what they say of themselves. */
export class ModelFacts extends LightElement {
  static override properties = { brief: { type: Boolean }, offered: { state: true }, error: { state: true } };
  declare offered: Model[] | undefined;
  declare error: string;
  /** Leaves out what the page says already. */
  declare brief: boolean;

  constructor() {
    super();
    this.offered = undefined;
    this.error = '';
    this.brief = false;
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
    if (this.error) return html`<p class="hint">What the running service uses cannot be shown now. ${this.error}</p>`;
    if (this.offered?.length === 0) return html`<p class="hint">No worker is running at the moment.</p>`;
    return this.offered?.map(
      (model) =>
        html`<h3>Composing now: ${model.title ?? model.name}</h3>
          <dl class="facts">
            ${rows(this.brief ? { ...model, trainedOn: '' } : model).map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}
          </dl>`,
    );
  }
}

/** What a model says of itself, as people write it. */
export function rows({ name, parameters, sampling, trainedOn, sha256 }: Model): [string, string][] {
  return [
    ['Name', name],
    ...(parameters ? ([['Parameters', parameters.toLocaleString('en')]] as [string, string][]) : []),
    ...(sampling?.temperature === undefined ? [] : ([['Usual temperature', String(sampling.temperature)]] as [string, string][])),
    ...(sampling?.minP ? ([['Usual min-p', String(sampling.minP)]] as [string, string][]) : []),
    ...(trainedOn ? ([['Trained on', trainedOn]] as [string, string][]) : []),
    ...(sha256 ? ([['Weights', sha256.slice(0, 12)]] as [string, string][]) : []),
  ];
}

customElements.define('model-facts', ModelFacts);
