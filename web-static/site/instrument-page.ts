import { spokenNoteName } from '../src/piece.ts';
import { hertz, keyboard } from './drawings.ts';
import type { InstrumentText } from './instruments.ts';
import { escape, layout } from './layout.ts';

/** The one template of all instrument pages. Paragraphs are HTML written in this repository. */
export function instrumentPage(instrument: InstrumentText, path: string): string {
  const { slug, low, high } = instrument;
  const body = `
<main id="main" class="article">
  <header class="article-head">
    <p class="eyebrow">${escape(instrument.family)}</p>
    <h1>${escape(instrument.name)}</h1>
    <p class="lead">${escape(instrument.summary)}</p>
    <p class="article-actions">
      <hear-it program="${instrument.program}" name="${escape(instrument.name)}"></hear-it>
      <a class="link-button" href="/#/note">Generate for it</a>
    </p>
  </header>
  <section aria-labelledby="range">
    <h2 id="range">Range</h2>
    ${keyboard(low, high)}
    <p>From ${spokenNoteName(low)} at ${hertz(low)} hertz to ${spokenNoteName(high)} at ${hertz(high)} hertz.</p>
  </section>
  <dl class="facts">
${instrument.facts.map(([term, value]) => `    <div><dt>${escape(term)}</dt><dd>${escape(value)}</dd></div>`).join('\n')}
  </dl>
${instrument.sections
  .map(
    ({ id, title, paragraphs }) => `  <section class="prose" aria-labelledby="${id}">
    <h2 id="${id}">${escape(title)}</h2>
${paragraphs.map((paragraph) => `    <p>${paragraph}</p>`).join('\n')}
  </section>`,
  )
  .join('\n')}
  <section aria-labelledby="relatives">
    <h2 id="relatives">Relatives</h2>
    <ul class="relatives">
${instrument.relatives.map(([relative, about]) => `      <li><strong>${escape(relative)}</strong> ${escape(about)}</li>`).join('\n')}
    </ul>
  </section>
</main>`;
  return layout(
    {
      title: instrument.name,
      description: `${instrument.name}: where it comes from, its range, how it makes sound, and how Partita writes for it.`,
      script: '/src/instrument.ts',
    },
    path || `/instruments/${slug}`,
    body,
  );
}

export function instrumentIndex(instruments: readonly InstrumentText[]): string {
  return `<ul class="cards">
${instruments
  .map(
    ({ slug, name: title, family, summary, low, high }) => `  <li class="card">
    <h2><a href="/instruments/${slug}">${escape(title)}</a></h2>
    <p class="eyebrow">${escape(family)}</p>
    ${keyboard(low, high)}
    <p>${escape(summary)}</p>
  </li>`,
  )
  .join('\n')}
</ul>`;
}
