// Takes pictures of every state against a running Partita, into docs/screenshots:
//   BASE_URL=http://127.0.0.1:8080 npm run screenshots
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BASE, launch } from './browser.mjs';

const out = process.env.OUT ?? fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const wanted = process.env.ONLY?.split(',');
mkdirSync(out, { recursive: true });

const LOOKS = [
  { look: 'desktop-light', viewport: { width: 1280, height: 850 }, colorScheme: 'light' },
  { look: 'desktop-dark', viewport: { width: 1280, height: 850 }, colorScheme: 'dark' },
  { look: 'phone-light', viewport: { width: 360, height: 740 }, colorScheme: 'light', phone: true },
  { look: 'phone-dark', viewport: { width: 360, height: 740 }, colorScheme: 'dark', phone: true },
];

const browser = await launch();
try {
  for (const { look, viewport, colorScheme, phone } of LOOKS) {
    if (wanted && !wanted.includes(look)) continue;
    const context = await browser.newContext({
      viewport,
      colorScheme,
      hasTouch: Boolean(phone),
      deviceScaleFactor: phone ? 1.5 : 1,
      acceptDownloads: true,
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    const shot = async (name, options = {}) => {
      await page.screenshot({ path: `${out}/${name}-${look}.jpg`, type: 'jpeg', quality: 80, ...options });
    };
    await page.goto(`${BASE}/`);
    await page.waitForSelector('.primary-button');
    await page.evaluate(() => document.fonts.ready);
    await shot('1-home');

    await page.getByRole('radio', { name: 'Choose a note' }).check();
    await page.waitForSelector('.keys');
    await page.getByText('More settings').click();
    await page.getByLabel('Seed').waitFor();
    await page.waitForTimeout(300);
    await shot('2-settings', { fullPage: true });
    await page.getByText('More settings').click();
    await page.getByRole('radio', { name: 'Exact' }).check();
    await page.getByLabel('Unit').selectOption('notes');
    await page.getByLabel('How many').fill('2000');

    await page.locator('.primary-button').click();
    await page.waitForSelector('.stage');
    await shot('3-begun');
    await page.waitForFunction(() => Number(document.querySelector('piano-roll')?.dataset.notes ?? 0) > 200, null, { timeout: 60_000 });
    await shot('4-composing');
    await page.waitForSelector('a[download]', { timeout: 120_000 });
    await page.waitForTimeout(500);
    await page.locator('.play-button').click();
    await page.waitForFunction(() => document.querySelector('piece-stage').position > 3, null, { timeout: 60_000 });
    await shot('5-playing');
    await page.locator('.play-button').click();
    await page.evaluate(() => scrollTo(0, 0));
    await shot('6-piece-page', { fullPage: true });

    await page.keyboard.press('Escape');
    await page.locator('#open-shortcuts').click();
    await shot('7-shortcuts');
    await page.keyboard.press('Escape');

    await page.goto(`${BASE}/#/piece/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa?start=note&pitch=60&notes=100&seed=7`);
    await page.waitForSelector('.stage-error');
    await shot('8-gone');

    await page.goto(`${BASE}/about`);
    await page.waitForTimeout(300);
    await shot('9-about', { fullPage: true });
    await page.goto(`${BASE}/instruments/`);
    await shot('10-instruments');
    await page.goto(`${BASE}/instruments/piano`);
    await page.waitForSelector('hear-it button');
    await shot('11-piano', { fullPage: true });
    await page.goto(`${BASE}/404.html`);
    await shot('12-not-found');
    await context.close();
  }
  if (!wanted || wanted.includes('filmstrip')) await filmstrip();
} finally {
  await browser.close();
}

/** One generation from the press of the button to the file, in eight pictures. */
async function filmstrip() {
  const context = await browser.newContext({ ...LOOKS[0], viewport: { width: 1240, height: 640 }, acceptDownloads: true });
  const page = await context.newPage();
  await page.goto(`${BASE}/`);
  await page.getByRole('radio', { name: 'Exact' }).check();
  await page.getByLabel('Unit').selectOption('notes');
  await page.getByLabel('How many').fill('1200');
  const frames = [];
  const began = Date.now();
  const take = async () => {
    const picture = (await page.screenshot({ type: 'jpeg', quality: 90 })).toString('base64');
    frames.push({ picture, seconds: ((Date.now() - began) / 1000).toFixed(1) });
  };
  await page.locator('.primary-button').click();
  await page.waitForSelector('.stage');
  await take();
  for (const share of [2, 15, 35, 55, 75, 92]) {
    await page.waitForFunction((n) => Number(document.querySelector('piano-roll').dataset.notes ?? 0) >= n, share * 12, { timeout: 60_000 });
    await take();
  }
  await page.waitForSelector('a[download]', { timeout: 60_000 });
  await page.waitForTimeout(300);
  await take();
  const sheet = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  await sheet.setContent(`<style>body{margin:0}main{padding:24px;background:#14201c;display:grid;grid-template-columns:repeat(4,1fr);gap:20px;font:600 18px sans-serif;color:#e7eeea}
    figure{margin:0}img{width:100%;border-radius:8px;display:block}figcaption{padding-top:6px}</style>
    <main>${frames.map(({ picture, seconds }) => `<figure><img src="data:image/jpeg;base64,${picture}"><figcaption>${seconds} s</figcaption></figure>`).join('')}</main>`);
  await sheet.locator('main').screenshot({ path: `${out}/filmstrip.jpg`, type: 'jpeg', quality: 80 });
  await context.close();
}
