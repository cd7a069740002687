import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { escape } from './layout.ts';

const USES: readonly (readonly [name: string, use: string])[] = [
  ['lit', 'Elements of the page'],
  ['spessasynth_lib', 'Playing sampled instruments'],
  ['spessasynth_core', 'SoundFont synthesizer'],
  ['midi-file', 'Reading and writing MIDI files'],
  ['@fontsource-variable/newsreader', 'Newsreader, the typeface of headings'],
  ['@fontsource-variable/instrument-sans', 'Instrument Sans, the typeface of everything else'],
];

/** What the site is made with, with versions and licences read from the packages themselves. */
export function credits(): string {
  const rows = USES.map(([name, use]) => {
    const file = fileURLToPath(new URL(`../node_modules/${name}/package.json`, import.meta.url));
    const { version, license } = JSON.parse(readFileSync(file, 'utf8')) as { version: string; license: string };
    return `<tr><th scope="row">${escape(name.replace('@fontsource-variable/', ''))}</th><td>${escape(use)}</td><td>${escape(version)}</td><td>${escape(license)}</td></tr>`;
  });
  const alphatab = JSON.parse(
    readFileSync(fileURLToPath(new URL('../node_modules/@coderline/alphatab/package.json', import.meta.url)), 'utf8'),
  ) as { version: string };
  rows.push(
    `<tr><th scope="row">Sonivox sound bank</th><td>General MIDI samples, © 2004–2006 Sonic Network Inc., from alphaTab</td><td>${escape(alphatab.version)}</td><td>Apache-2.0</td></tr>`,
  );
  return `<table class="credits site-parts"><caption class="visually-hidden">What the site is made with</caption><thead><tr><th scope="col">Part</th><th scope="col">Used for</th><th scope="col">Version</th><th scope="col">Licence</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
