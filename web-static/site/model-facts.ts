import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { escape } from './layout.ts';

/** The manifest of the bundle that is shipped; absent until one has been trained. */
export const manifestFile = fileURLToPath(
  new URL('../../generator-worker/models/piano/manifest.json', import.meta.url),
);

interface Manifest {
  title: string;
  createdAt: string;
  events: { vocabularySize: number; stepsPerQuarter: number };
  network: { hiddenSize: number; recurrentLayers: number; ringSlots: number; parameters: number };
  trainingData: { name: string; origin: string; licence: string; attributions: string[]; pieces: number; notes: number }[];
  metrics: Record<string, number>;
}

const number = (value: number, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits });

/** `validNllPerNote` as people write it: Valid NLL per note. */
const spaced = (name: string) => {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\bnll\b/g, 'NLL')
    .replace(/\bbpm\b/g, 'BPM');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The shipped model's numbers from its manifest, then room for what the running service says. */
export function modelFacts(): string {
  if (!existsSync(manifestFile)) return '<model-facts></model-facts>';
  const { title, createdAt, events, network, trainingData, metrics } = JSON.parse(
    readFileSync(manifestFile, 'utf8'),
  ) as Manifest;
  const facts: [string, string][] = [
    ['Parameters', number(network.parameters)],
    ['Recurrent layers', `${network.recurrentLayers} of ${number(network.hiddenSize)}`],
    ['Looks back', `${number(network.ringSlots + 1)} events`],
    ['Vocabulary', `${events.vocabularySize} tokens`],
    ['Grid', `${events.stepsPerQuarter} steps a quarter note`],
    ['Made', createdAt.slice(0, 10)],
    ...Object.entries(metrics).map(([name, value]): [string, string] => [spaced(name), number(value, 3)]),
  ];
  const sources = trainingData.map(
    ({ name, origin, licence, pieces, notes, attributions }) =>
      `<tr><th scope="row">${/^https:/.test(origin) ? `<a href="${escape(origin)}">${escape(name)}</a>` : escape(name)}${attributions.length ? `<br><small>${attributions.map(escape).join('<br>')}</small>` : ''}</th><td>${number(pieces)}</td><td>${number(notes)}</td><td>${escape(licence)}</td></tr>`,
  );
  return `<h3>The shipped model: ${escape(title)}</h3>
    <dl class="facts">${facts.map(([term, value]) => `<div><dt>${escape(term)}</dt><dd>${escape(value)}</dd></div>`).join('')}</dl>
    <p>Likelihoods are measured on pieces the model has not seen, in nats: lower is better.</p>
    <h3>What it was trained on</h3>
    <table class="credits"><thead><tr><th scope="col">Collection</th><th scope="col">Pieces</th><th scope="col">Notes</th><th scope="col">Licence</th></tr></thead><tbody>${sources.join('')}</tbody></table>
    <model-facts brief></model-facts>`;
}
