// What the tests of the whole site share: a page that watches itself, and the states of a piece.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { BASE } from './browser.mjs';

const { AxeBuilder } = createRequire(import.meta.url)('@axe-core/playwright');

export const DESKTOP = { viewport: { width: 1360, height: 850 }, colorScheme: 'light' };
export const PHONE = { viewport: { width: 360, height: 740 }, colorScheme: 'dark', hasTouch: true, deviceScaleFactor: 2 };

const opened = new Set();

/** Closes what a test that failed has left open. */
export async function closeAll() {
  for (const context of opened) await context.close();
  opened.clear();
}

/**
 * Opens a page that notes what must not happen: errors, refusals by the content security policy,
 * requests to other hosts. `expected` filters console errors a test provokes on purpose.
 */
export async function open(browser, { path = '/', expected = [], ...options } = {}) {
  const context = await browser.newContext({ ...DESKTOP, acceptDownloads: true, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    if (!expected.some((pattern) => pattern.test(message.text()))) complaints.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(blob|data):/.test(url) && !url.startsWith(`${BASE}/`)) complaints.push(`foreign request: ${url}`);
  });
  opened.add(context);
  await page.goto(`${BASE}${path}`);
  return {
    context,
    page,
    async close() {
      await context.close();
      opened.delete(context);
      assert.deepEqual(complaints, []);
    },
  };
}

/** Chooses an exact length in notes. */
export async function exactly(page, notes) {
  await page.getByRole('radio', { name: 'Exact' }).check();
  await page.getByLabel('Unit').selectOption('notes');
  await page.getByLabel('How many').fill(String(notes));
}

export const press = (page) => page.getByRole('button', { name: 'Generate' }).click();

/** Waits until so many notes are on the roll. */
export const notesOnRoll = (page, count, timeout = 60_000) =>
  page.waitForFunction((n) => Number(document.querySelector('piano-roll')?.dataset.notes ?? 0) >= n, count, { timeout });

export const rollCount = (page) => page.evaluate(() => Number(document.querySelector('piano-roll')?.dataset.notes ?? 0));

export const ready = (page, timeout = 120_000) => page.waitForSelector('a[download]', { timeout });

export const idOf = (page) => page.evaluate(() => /#\/piece\/([^?]+)/.exec(location.hash)?.[1]);

/** Starts a piece of so many notes and waits for the end. */
export async function composed(page, notes = 100) {
  await exactly(page, notes);
  const downloading = page.waitForEvent('download', { timeout: 120_000 });
  await press(page);
  const download = await downloading;
  await ready(page);
  return download;
}

/** Asserts that axe finds nothing to object to. */
export async function accessible(page, state) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const words = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${state}: ${id}: ${node.target.join(' ')} ${node.failureSummary}`));
  assert.deepEqual(words, []);
}

/** Loudest moment among samples taken over a stretch of time. */
export async function loudest(page, milliseconds, selector = 'piece-stage') {
  return page.evaluate(
    async ([time, name]) => {
      const element = document.querySelector(name);
      let peak = 0;
      const end = performance.now() + time;
      while (performance.now() < end) {
        peak = Math.max(peak, element.level());
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      return peak;
    },
    [milliseconds, selector],
  );
}
