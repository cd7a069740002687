import { existsSync } from 'node:fs';
import type { Plugin } from 'vite';
import { instruments } from './instruments.ts';
import { instrumentIndex, instrumentPage } from './instrument-page.ts';
import { layout, type PageHead } from './layout.ts';
import { credits } from './credits.ts';
import { preludeRoll } from './drawings.ts';
import { modelCard, modelFacts, manifestFile } from './model-facts.ts';

const HEAD = /^\s*<!--\s*page\s*(\{[\s\S]*?\})\s*-->/;
const INSTRUMENT = /^\s*<!--\s*instrument\s+([a-z-]+)\s*-->/;

const blocks: Record<string, () => string> = {
  credits,
  'prelude-roll': preludeRoll,
  'instrument-index': () => instrumentIndex(instruments),
  'model-facts': modelFacts,
};

/**
 * Turns the short page files into whole pages: `<!-- page {…} -->` is followed by the page's body,
 * `<!-- instrument name -->` stands for a page made from the template, `<!-- block name -->` for a
 * part made at build time.
 */
export function pages(): Plugin {
  return {
    name: 'pages',
    buildStart() {
      if (existsSync(manifestFile)) this.addWatchFile(manifestFile);
    },
    generateBundle() {
      const card = modelCard();
      if (card) this.emitFile({ type: 'asset', fileName: 'model-card.txt', source: card });
    },
    transformIndexHtml: {
      order: 'pre',
      handler(source, { path }) {
        const instrument = INSTRUMENT.exec(source);
        if (instrument) {
          const found = instruments.find(({ slug }) => slug === instrument[1]);
          if (!found) throw new Error(`${path}: no instrument is called ${instrument[1]}`);
          return instrumentPage(found, path);
        }
        const head = HEAD.exec(source);
        if (!head) throw new Error(`${path}: does not begin with <!-- page {…} -->`);
        const body = source.slice(head[0].length).replace(/<!--\s*block\s+([a-z-]+)\s*-->/g, (_, name: string) => {
          const block = blocks[name];
          if (!block) throw new Error(`${path}: no block is called ${name}`);
          return block();
        });
        return layout(JSON.parse(head[1]!) as PageHead, path, body);
      },
    },
  };
}
