import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { escape } from './layout.ts';

/** The manifest of the bundle that is shipped; absent until one has been trained. */
export const manifestFile = fileURLToPath(
  new URL('../../generator-worker/models/piano/manifest.json', import.meta.url),
);

const cardFile = fileURLToPath(new URL('../../generator-worker/models/piano/MODEL_CARD.md', import.meta.url));

/** The model card as it goes to readers; the mark in front says UTF-8 to servers and browsers that do not. */
export const modelCard = (): string | undefined =>
  existsSync(cardFile) ? `\ufeff${readFileSync(cardFile, 'utf8')}` : undefined;

interface Manifest {
  title: string;
  createdAt: string;
  events: { vocabularySize: number; stepsPerQuarter: number };
  network: { hiddenSize: number; recurrentLayers: number; ringSlots: number; parameters: number };
  trainingData: { name: string; origin: string; licence: string; attributions: string[]; pieces: number; notes: number }[];
  metrics: Record<string, number>;
}

const number = (value: number, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits });

const METRICS: Record<string, string> = {
  validNllPerNote: 'Surprise a note',
  validNllPerEvent: 'Surprise an event',
  validNllPerSecond: 'Surprise a second of music',
  validBestNgramNllPerNote: 'Best n-gram, a note',
};

/** Training data with the same origin, under one or several licences, as one collection. */
function collections(data: Manifest['trainingData']) {
  const byOrigin = new Map<string, { name: string; origin: string; pieces: number; notes: number; licences: string[]; attributions: string[] }>();
  for (const { name, origin, licence, pieces, notes, attributions } of data) {
    const known = byOrigin.get(origin) ?? { name, origin, pieces: 0, notes: 0, licences: [], attributions: [] };
    known.pieces += pieces;
    known.notes += notes;
    known.licences = [...new Set([...known.licences, licence])];
    known.attributions = [...new Set([...known.attributions, ...attributions])];
    byOrigin.set(origin, known);
  }
  return [...byOrigin.values()].sort((a, b) => b.notes - a.notes);
}

const ordered = (metrics: Record<string, number>) => {
  const known = Object.keys(METRICS);
  const rank = (name: string) => known.indexOf(name) + 1 || known.length + 1;
  return Object.entries(metrics).sort(([a], [b]) => rank(a) - rank(b));
};

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
    ...ordered(metrics).map(([name, value]): [string, string] => [METRICS[name] ?? spaced(name), name.includes('Nll') ? `${number(value, 2)} nats` : number(value, 3)]),
  ];
  const sources = collections(trainingData).map(
    ({ name, origin, pieces, notes, licences, attributions }) =>
      `<tr><th scope="row">${/^https:/.test(origin) ? `<a href="${escape(origin)}">${escape(name)}</a>` : escape(name)}</th><td>${number(pieces)}</td><td>${number(notes)}</td><td>${licences.map(escape).join(', ')}</td></tr>${attributions.length ? `<tr class="attribution"><td colspan="4">${attributions.map(escape).join('<br>')}</td></tr>` : ''}`,
  );
  return `<h3>The shipped model: ${escape(title)}</h3>
    <dl class="facts">${facts.map(([term, value]) => `<div><dt>${escape(term)}</dt><dd>${escape(value)}</dd></div>`).join('')}</dl>
    <p>Surprise is the exact negative log-likelihood of pieces the model has not seen: lower is better. The n-gram, counted from the same music, is what it has to beat.</p>
    <h3>What it was trained on</h3>
    <table class="credits sources"><thead><tr><th scope="col">Collection</th><th scope="col">Pieces</th><th scope="col">Notes</th><th scope="col">Licence</th></tr></thead><tbody>${sources.join('')}</tbody></table>
    <p>Training, measurements, weaknesses and every work by name are in the <a href="/model-card.txt">model card</a>.</p>
    <model-facts brief></model-facts>`;
}
