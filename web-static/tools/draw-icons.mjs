// Draws the PNG icons and the preview picture from the mark, with a local Chromium:
//   CHROMIUM=/usr/bin/chromium node tools/draw-icons.mjs
// Run by hand after the mark has changed; the results are committed.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { runnerImport } from 'vite';

const { mark, preludeRoll } = (await runnerImport('./site/drawings.ts')).module;
const at = (path) => new URL(`../${path}`, import.meta.url);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const icon = readFileSync(at('public/icon.svg'), 'utf8');
  for (const size of [180, 192, 512]) {
    const page = await browser.newPage({ viewport: { width: size, height: size }, colorScheme: 'light' });
    // A full square: systems that show icons cut the corners themselves.
    await page.setContent(`<style>body{margin:0}svg{display:block}</style>${icon.replace('rx="5.5"', '')}`);
    await page.screenshot({ path: at(`public/icon-${size}.png`).pathname });
    await page.close();
  }
  const font = readFileSync(
    at('node_modules/@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2'),
  ).toString('base64');
  const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
  await page.setContent(`<style>
    @font-face { font-family: N; src: url(data:font/woff2;base64,${font}); font-weight: 200 800 }
    body { margin: 0; background: #eef2ee; color: #14201c; font-family: N }
    .prelude { position: absolute; inset: 250px 0 0 0; width: 1200px; height: 380px }
    .row { fill: #e3eae4 } .bar { stroke: #c3cec6 } .note { fill: #0b5f50; opacity: .45 } .held { opacity: .8 }
    .mark { position: absolute; left: 72px; top: 72px; width: 92px; fill: #0b5f50 }
    h1 { position: absolute; left: 190px; top: 62px; margin: 0; font-size: 92px; font-weight: 460; letter-spacing: -.02em; line-height: 1.1 }
    p { position: absolute; left: 196px; top: 168px; margin: 0; font-size: 38px; color: #495650 }
  </style>${preludeRoll()}${mark()}<h1>Partita</h1><p>Piano music, composed while you watch</p>`);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: at('public/og.png').pathname });
} finally {
  await browser.close();
}
