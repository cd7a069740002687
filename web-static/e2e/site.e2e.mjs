// The site against a running Partita. BASE_URL says where; nothing here is pretended except the
// faults of the network that a test names.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { parseMidi } from 'midi-file';
import { BASE, launch } from './browser.mjs';
import {
  accessible,
  closeAll,
  composed,
  DESKTOP,
  exactly,
  idOf,
  loudest,
  notesOnRoll,
  open,
  PHONE,
  press,
  ready,
  rollCount,
} from './site.mjs';

let browser;
before(async () => {
  browser = await launch(['--autoplay-policy=no-user-gesture-required']);
});
afterEach(closeAll);
after(() => browser?.close());

/** What the service can build a key on; nothing where it takes no controls. */
const { scales } = await (await fetch(`${BASE}/v1/models`)).json();

const bytesOf = async (url) => Buffer.from(await (await fetch(url)).arrayBuffer());

describe('composing', () => {
  it('shows the way from the queue to the file, and the download starts by itself', async () => {
    const { page, close } = await open(browser);
    await exactly(page, 6000);
    await page.evaluate(() => {
      window.seen = { words: new Set(), titles: new Set(), counts: [] };
      const look = () => {
        const { words, titles, counts } = window.seen;
        words.add(document.querySelector('.stage-words')?.textContent.trim().replace(/\d+/g, 'N'));
        titles.add(document.title.replace(/\d+/g, 'N'));
        const count = Number(document.querySelector('piano-roll')?.dataset.notes ?? 0);
        if (counts.at(-1) !== count) counts.push(count);
        requestAnimationFrame(look);
      };
      look();
    });
    const downloading = page.waitForEvent('download', { timeout: 120_000 });
    await press(page);
    const download = await downloading;
    const seen = await page.evaluate(() => ({
      words: [...window.seen.words],
      titles: [...window.seen.titles],
      counts: window.seen.counts,
    }));
    assert.ok(seen.words.includes('Composing N %'), seen.words.join(' | '));
    assert.ok(seen.titles.includes('N % · Partita'), seen.titles.join(' | '));
    assert.ok(seen.counts.length >= 4, `notes on the roll grew as ${seen.counts}`);
    assert.match(await page.textContent('.stage-words'), /^\s*Ready: 6,000 notes/);

    const id = await idOf(page);
    assert.match(download.suggestedFilename(), /\.mid$/);
    const saved = await readFile(await download.path());
    assert.equal(saved.subarray(0, 4).toString(), 'MThd');
    assert.deepEqual(saved, await bytesOf(`${BASE}/v1/generations/${id}/midi`));
    // What is on the page already is not fetched again.
    assert.match(await page.getAttribute('a[download]', 'href'), /^blob:/);
    await close();
  });

  it('is done with the keyboard alone', async () => {
    const { page, close } = await open(browser);
    await page.waitForSelector('.primary-button');
    const focused = () => page.evaluate(() => (document.activeElement.getAttribute('aria-label') || document.activeElement.innerText || document.activeElement.name).trim());
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Skip to content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'start');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'First note');
    await page.keyboard.press('PageUp');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.getAttribute('[role=slider]', 'aria-valuetext'), 'C sharp 5');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'length');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await page.getByRole('radio', { name: 'Short' }).isChecked(), true);
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'More settings');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Generate');
    const downloading = page.waitForEvent('download', { timeout: 60_000 });
    await page.keyboard.press('Enter');
    await downloading;
    assert.match(page.url(), /start=note&pitch=73&notes=100/);
    assert.equal(await focused(), 'From C♯5');
    await page.keyboard.press('Space');
    await page.waitForFunction(() => document.querySelector('piece-stage').position > 0.5);
    await page.keyboard.press('Space');
    assert.equal(await page.getByRole('button', { name: 'Play' }).count(), 1);
    await page.keyboard.press('ArrowRight');
    assert.ok((await page.evaluate(() => document.querySelector('piece-stage').position)) > 5);
    await page.keyboard.press('?');
    assert.equal(await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).isVisible(), true);
    await page.keyboard.press('Escape');
    await close();
  });

  it('keeps the piece and its address when the content is skipped to', async () => {
    const { page, close } = await open(browser);
    await composed(page, 60);
    const address = page.url();
    await page.locator('.skip').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
    assert.equal(page.url(), address);
    // As from a link or by hand.
    await page.evaluate(() => (location.hash = '#main'));
    await page.waitForTimeout(200);
    assert.equal(await rollCount(page), 60);
    await page.goBack();
    await page.waitForURL(address);
    assert.equal(await rollCount(page), 60);
    await close();
  });

  it('is stopped by Cancel, and the notes so far stay', async () => {
    const { page, close } = await open(browser);
    await exactly(page, 20_000);
    await press(page);
    await notesOnRoll(page, 50);
    await page.getByRole('button', { name: 'Cancel' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.stage-words').filter({ hasText: 'Canceled; the notes so far are kept here' }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'stage-title');
    assert.ok((await rollCount(page)) >= 50);
    const job = await (await fetch(`${BASE}/v1/generations/${await idOf(page)}`)).json();
    assert.equal(job.status, 'canceled');
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save what is there' }).click();
    const part = await readFile(await (await downloading).path());
    assert.equal(part.subarray(0, 4).toString(), 'MThd');
    await close();
  });

  it('resumes a running piece after a reload', async () => {
    const { page, close } = await open(browser);
    await exactly(page, 10_000);
    await press(page);
    await notesOnRoll(page, 50);
    const id = await idOf(page);
    // The download may come before anything else is asked of the page.
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: 180_000 }), page.reload()]);
    assert.equal(await idOf(page), id);
    assert.deepEqual(await readFile(await download.path()), await bytesOf(`${BASE}/v1/generations/${id}/midi`));
    await close();
  });

  it('goes on behind the stage when another piece is asked for', async () => {
    const { page, close } = await open(browser);
    await exactly(page, 3000);
    await press(page);
    await notesOnRoll(page, 50);
    await composed(page, 60);
    assert.equal(await rollCount(page), 60);
    await page.locator('.recent-piece').filter({ hasText: '3000 notes' }).waitFor({ timeout: 120_000 });
    await close();
  });

  it('finishes the list when more pieces are asked for than it follows at once', async () => {
    const { page, close } = await open(browser);
    // No piece ends before the last is asked for.
    const held = [];
    await page.route('**/events', (route) => void held.push(route));
    await exactly(page, 60);
    for (let piece = 1; piece <= 5; piece++) {
      await press(page);
      await page.waitForFunction((n) => document.querySelectorAll('.recent-piece').length === n, piece);
    }
    await page.unroute('**/events');
    // The first of them have been left already.
    await Promise.all(held.map((route) => route.continue().catch(() => undefined)));
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.recent-about')].every((about) => about.textContent.startsWith('60 notes')),
    );
    await close();
  });

  it('gets along without an event stream by asking again and again', async () => {
    const { page, close } = await open(browser, { expected: [/502|Failed to load/] });
    await page.route('**/events', (route) => route.fulfill({ status: 502, body: '' }));
    await composed(page, 100);
    assert.equal(await rollCount(page), 100);
    await close();
  });
});

describe('what goes wrong', () => {
  it('is said beside the button, keeps the inputs, and Try again works', async () => {
    const { page, close } = await open(browser, { expected: [/503/] });
    await page.getByRole('radio', { name: 'Choose a note' }).check();
    await exactly(page, 77);
    await page.route('**/v1/generations', (route) =>
      route.fulfill({
        status: 503,
        headers: { 'content-type': 'application/problem+json', 'retry-after': '2' },
        body: JSON.stringify({ title: 'Busy', detail: 'All places in the queue are taken' }),
      }),
    );
    await press(page);
    const alert = page.getByRole('alert').filter({ hasText: 'All places in the queue are taken. Try again in 2 s.' });
    await alert.waitFor();
    await accessible(page, 'refused');
    assert.equal(await page.getByLabel('How many').inputValue(), '77');
    assert.equal(await page.getByRole('radio', { name: 'Choose a note' }).isChecked(), true);
    await page.unroute('**/v1/generations');
    const downloading = page.waitForEvent('download', { timeout: 60_000 });
    await page.getByRole('button', { name: 'Try again' }).click();
    await downloading;
    assert.equal(await rollCount(page), 77);
    await close();
  });

  it('is opened once more where the service was not reached', async () => {
    const { page, close } = await open(browser, { expected: [/503/] });
    await composed(page, 60);
    const address = page.url();
    await page.evaluate(() => caches.delete('partita-pieces-1'));
    await page.route('**/v1/generations/*', (route) => route.fulfill({ status: 503, body: '' }));
    await page.reload();
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await page.unroute('**/v1/generations/*');
    await again.focus();
    await page.keyboard.press('Enter');
    await notesOnRoll(page, 60);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'stage-title');
    assert.equal(page.url(), address);
    await close();
  });

  it('unfolds a setting that cannot be', async () => {
    const { page, close } = await open(browser);
    const seed = page.getByLabel('Seed');
    await page.getByText('More settings').click();
    await seed.fill('twelve');
    await page.getByText('More settings').click();
    await seed.waitFor({ state: 'hidden' });
    await press(page);
    await seed.waitFor({ state: 'visible' });
    assert.equal(await page.evaluate(() => document.activeElement.name), 'seed');
    assert.equal(await seed.getAttribute('title'), 'A whole number of up to 16 digits');
    assert.equal(await page.locator('.stage').count(), 0);
    await seed.fill('12');
    await press(page);
    await page.waitForSelector('.stage');
    await close();
  });

  it('leaves the site and the kept pieces usable without a connection', async () => {
    const { context, page, close } = await open(browser, { expected: [/ERR_INTERNET_DISCONNECTED|Failed to load/] });
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    await composed(page, 100);
    // What has been heard once is there from then on.
    await page.getByRole('button', { name: 'Play' }).click();
    await page.waitForFunction(() => document.querySelector('piece-stage').position > 0.3);
    await page.getByRole('button', { name: 'Pause' }).click();
    await context.setOffline(true);
    await page.reload();
    await page.getByText('You are offline.').waitFor();
    await ready(page);
    assert.equal(await rollCount(page), 100);
    await page.getByRole('button', { name: 'Play' }).click();
    assert.ok((await loudest(page, 2_500)) > 0.005, 'silent without a connection');
    await press(page);
    await page.getByRole('alert').filter({ hasText: 'You are offline. Composing needs a connection' }).waitFor();
    await accessible(page, 'offline');
    await page.goto(`${BASE}/instruments/piano`);
    await page.getByRole('heading', { name: 'Piano', exact: true }).waitFor();
    await context.setOffline(false);
    await close();
  });

  it('says so when a part of the page went away with an update', async () => {
    const { page, close } = await open(browser, { serviceWorkers: 'block', expected: [/404/] });
    await page.route('**/more-settings-*.js', (route) => route.fulfill({ status: 404, body: '' }));
    await page.getByText('More settings').click();
    await page.getByRole('alert').filter({ hasText: 'Reload it to go on.' }).waitFor();
    await accessible(page, 'updated');
    await close();
  });

  it('names a file that is no music', async () => {
    const { page, close } = await open(browser);
    await page.setInputFiles('#open-file', { name: 'holiday.mid', mimeType: 'audio/midi', buffer: Buffer.from('no music at all in here') });
    await page.getByRole('alert').filter({ hasText: 'holiday.mid: This is not a MIDI file.' }).waitFor();
    await close();
  });
});

describe('hearing and keeping', () => {
  it('sounds when played and is silent before and after', async () => {
    const { page, close } = await open(browser);
    await composed(page, 200);
    assert.equal(await loudest(page, 300), 0);
    await page.getByRole('button', { name: 'Play' }).click();
    await page.waitForFunction(() => document.querySelector('piece-stage').position > 0.2);
    const peak = await loudest(page, 2_500);
    assert.ok(peak > 0.01, `peak while playing: ${peak}`);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.waitForTimeout(2_500);
    const rest = await loudest(page, 300);
    assert.ok(rest < peak / 50, `still sounding after the pause: ${rest}`);
    await close();
  });

  it('plays what is there while the rest is being composed', async () => {
    const { page, close } = await open(browser);
    await exactly(page, 20_000);
    await press(page);
    await notesOnRoll(page, 100);
    await page.getByRole('button', { name: 'Play' }).click();
    await page.waitForFunction(() => document.querySelector('piece-stage').position > 0.2);
    assert.ok((await loudest(page, 2_000)) > 0.01);
    assert.equal(await page.getByRole('button', { name: 'Cancel' }).count(), 1, 'composing ended before playing was seen');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Canceled').first().waitFor();
    await close();
  });

  it('saves a WAV that is not silent', async () => {
    const { page, close } = await open(browser);
    await composed(page, 60);
    const downloading = page.waitForEvent('download', { timeout: 60_000 });
    await page.getByRole('button', { name: 'Download WAV' }).click();
    const download = await downloading;
    assert.match(download.suggestedFilename(), /\.wav$/);
    await page.locator('.stage > .notice').filter({ hasText: `${download.suggestedFilename()} is ready.` }).waitFor();
    assert.match(await page.evaluate(() => document.activeElement.textContent), /Download WAV/);
    const wav = await readFile(await download.path());
    assert.equal(wav.subarray(0, 4).toString(), 'RIFF');
    let peak = 0;
    for (let at = 44; at + 1 < wav.length; at += 2) peak = Math.max(peak, Math.abs(wav.readInt16LE(at)));
    assert.ok(peak > 600, `peak ${peak} of 32767`);
    await close();
  });

  it('keeps pieces, opens them again and forgets them', async () => {
    const { page, close } = await open(browser);
    await composed(page, 80);
    const first = await idOf(page);
    // A notice is heard only where its place was there before it.
    const notice = page.locator('.stage > .notice');
    assert.equal(await notice.evaluate((place) => place.textContent === '' && getComputedStyle(place).display !== 'none'), true);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await notice.filter({ hasText: /Link copied|Copy this/ }).waitFor();
    await composed(page, 90);
    const kept = page.locator('.recent-piece');
    assert.equal(await kept.count(), 2);
    assert.match(await kept.nth(1).textContent(), /80 notes/);
    assert.ok((await kept.nth(1).locator('rect').count()) >= 40);
    await page.reload();
    await kept.nth(1).click();
    await page.waitForFunction((id) => location.hash.includes(id), first);
    await notesOnRoll(page, 80);
    assert.equal(await rollCount(page), 80);
    const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
    await composed(page, 70);
    const forget = page.getByRole('button', { name: /^Forget/ });
    await forget.nth(1).click();
    assert.equal(await kept.count(), 2);
    assert.match(await focused(), /80 notes/);
    await forget.nth(1).click();
    assert.equal(await kept.count(), 1);
    assert.equal(await focused(), 'recent-title');
    await forget.click();
    assert.equal(await kept.count(), 0);
    assert.equal(await focused(), 'main');
    await close();
  });

  it('opens a shared link elsewhere without downloading, and composes it again, byte for byte', async () => {
    const one = await open(browser);
    await composed(one.page, 120);
    const address = one.page.url();
    const bytes = await bytesOf(`${BASE}/v1/generations/${await idOf(one.page)}/midi`);
    await one.close();

    const other = await open(browser, { path: new URL(address).hash.replace(/^/, '/') });
    let downloads = 0;
    other.page.on('download', () => downloads++);
    await ready(other.page);
    assert.equal(await rollCount(other.page), 120);
    await other.page.waitForTimeout(500);
    assert.equal(downloads, 0);
    await other.close();

    // The same settings under an id the service does not know: as if the piece had expired.
    const expired = address.replace(/#\/piece\/[^?]+/, `#/piece/${'a'.repeat(32)}`);
    const third = await open(browser, { path: `/${new URL(expired).hash}`, expected: [/404|410/] });
    const downloading = third.page.waitForEvent('download', { timeout: 60_000 });
    await third.page.getByRole('button', { name: 'Compose it again' }).click();
    const again = await readFile(await (await downloading).path());
    assert.deepEqual(again, bytes);
    await third.close();
  });

  const uncontrolled = scales ? false : 'the service takes no controls';
  it('keeps to style, key, range, polyphony and density, also when the link has it composed again', { skip: uncontrolled }, async () => {
    const one = await open(browser);
    const { page } = one;
    await page.getByText('More settings').click();
    await page.locator('[name=tonic]').selectOption('Eb');
    await page.getByLabel('Scale').selectOption('dorian');
    const style = await page.getByLabel('In the style of').locator('option').nth(1).getAttribute('value');
    await page.getByLabel('In the style of').selectOption(style);
    await page.getByLabel('Lowest note').selectOption('48');
    await page.getByLabel('Highest note').selectOption('84');
    await page.getByLabel('Notes at once').fill('3');
    await page.getByLabel('Notes a beat').fill('4');
    await page.locator('[name=tempoBpm]').fill('96');
    const bytes = await readFile(await (await composed(page, 120)).path());
    const words = (await page.locator('.settings').textContent()).replace(/\s+/g, ' ');
    for (const told of [style, 'E♭ dorian', 'C3 to C6', 'at most 3', 'at most 4 notes', '96 bpm']) assert.ok(words.includes(told), `${told}: ${words}`);
    const address = page.url();
    await one.close();

    const dorian = [3, 5, 6, 8, 10, 0, 1];
    const sounding = new Set();
    let most = 0;
    for (const event of parseMidi(bytes).tracks.flat()) {
      if (event.type === 'noteOff') sounding.delete(event.noteNumber);
      if (event.type !== 'noteOn') continue;
      sounding.add(event.noteNumber);
      most = Math.max(most, sounding.size);
      assert.ok(dorian.includes(event.noteNumber % 12) && event.noteNumber >= 48 && event.noteNumber <= 84, `note ${event.noteNumber}`);
    }
    assert.ok(most >= 1 && most <= 3, `${most} notes at once`);

    const expired = new URL(address).hash.replace(/#\/piece\/[^?]+/, `#/piece/${'a'.repeat(32)}`);
    const other = await open(browser, { path: `/${expired}`, expected: [/404|410/] });
    const downloading = other.page.waitForEvent('download', { timeout: 60_000 });
    await other.page.getByRole('button', { name: 'Compose it again' }).click();
    assert.deepEqual(await readFile(await (await downloading).path()), bytes);
    await other.close();
  });

  it('plays a MIDI file of your own, part by part', async () => {
    const { page, close } = await open(browser);
    await page.setInputFiles('#open-file', { name: 'duet.mid', mimeType: 'audio/midi', buffer: duet() });
    await page.getByRole('heading', { name: 'duet.mid' }).waitFor();
    assert.equal(await rollCount(page), 16);
    await accessible(page, 'own file');
    await page.getByRole('button', { name: 'Mute Flute' }).click();
    await page.getByRole('button', { name: 'Mute Cello' }).click();
    await page.getByRole('button', { name: 'Play' }).click();
    await page.waitForFunction(() => document.querySelector('piece-stage').position > 0.3);
    assert.equal(await loudest(page, 1_200), 0, 'muted parts sound');
    await page.getByRole('button', { name: 'Mute Cello' }).click();
    assert.ok((await loudest(page, 1_500)) > 0.005, 'the cello is silent');
    await close();
  });

  it('knows a file of its own that is dropped on the page, and composes it again', async () => {
    const one = await open(browser);
    const file = await readFile(await (await composed(one.page, 70)).path());
    await one.close();

    const { page, close } = await open(browser);
    await page.evaluate((bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], 'found.mid', { type: 'audio/midi' }));
      for (const type of ['dragover', 'drop']) {
        document.querySelector('main').dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
      }
    }, [...file]);
    await page.getByRole('heading', { name: 'found.mid' }).waitFor();
    assert.equal(await rollCount(page), 70);
    const downloading = page.waitForEvent('download', { timeout: 60_000 });
    await page.getByRole('button', { name: 'Compose this again' }).click();
    assert.deepEqual(await readFile(await (await downloading).path()), file);
    await close();
  });

  it('continues a piece', async () => {
    const { page, close } = await open(browser, { expected: [/503/] });
    await composed(page, 60);
    const first = await idOf(page);
    // A refused continuation is still a continuation when it is tried again.
    await page.route('**/v1/generations', (route) => route.fulfill({ status: 503, headers: { 'content-type': 'application/problem+json' }, body: '{"title":"Busy"}' }));
    await page.getByRole('button', { name: 'Continue this' }).click();
    await page.getByRole('alert').filter({ hasText: 'Busy' }).waitFor();
    await page.unroute('**/v1/generations');
    const downloading = page.waitForEvent('download', { timeout: 60_000 });
    await page.getByRole('button', { name: 'Try again' }).click();
    await downloading;
    assert.notEqual(await idOf(page), first);
    await page.getByRole('heading', { name: 'A continuation' }).waitFor();
    await close();
  });
});

describe('every page', () => {
  // Both sizes and both schemes; E2E_LOOKS=all crosses them.
  const looks = [
    ['desktop, light', DESKTOP],
    ['phone, dark', PHONE],
    ['desktop, dark', { ...DESKTOP, colorScheme: 'dark' }],
    ['phone, light', { ...PHONE, colorScheme: 'light' }],
  ];
  for (const [name, look] of process.env.E2E_LOOKS === 'all' ? looks : looks.slice(0, 2)) {
    it(`has nothing for axe to object to in any state (${name})`, async () => {
      const { page, close } = await open(browser, { ...look, expected: [/404/] });
      const fits = async (state) => {
        await accessible(page, state);
        const [width, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(width <= room, `${state}: ${width} px wide in a window of ${room}`);
        const small = await page.evaluate(() =>
          [...document.querySelectorAll('button, select, summary, input:not([type=radio]):not([type=file]), .segment, .file-button, nav a, .link-button, .recent-piece')]
            .filter((e) => e.checkVisibility() && !e.closest('dialog:not([open])') && e.type !== 'checkbox')
            .map((e) => [e.textContent.trim().slice(0, 20) || e.ariaLabel, e.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < 43.5 || box.width < 43.5))
            .map(([text, box]) => `${text} ${box.width}×${box.height}`),
        );
        assert.deepEqual(small, [], `${state}: targets smaller than 44 px`);
      };
      await page.waitForSelector('.primary-button');
      await fits('idle');
      await page.getByRole('radio', { name: 'Choose a note' }).check();
      await page.getByText('More settings').click();
      await page.getByLabel('Seed').waitFor();
      await exactly(page, 20_000);
      await fits('settings');
      await press(page);
      await page.waitForSelector('.stage[data-status=running]');
      await fits('composing');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('Canceled').first().waitFor();
      await fits('canceled');
      await composed(page, 60);
      await fits('ready');
      // In a loop, since the search may take longer than the piece.
      await page.getByRole('button', { name: 'Loop' }).click();
      await page.getByRole('button', { name: 'Play' }).click();
      await page.waitForFunction(() => document.querySelector('piece-stage').position > 0.1);
      await fits('playing');
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.locator('#open-shortcuts').click();
      await accessible(page, 'shortcuts');
      await page.keyboard.press('Escape');
      await page.goto(`${BASE}/#/piece/${'a'.repeat(32)}`);
      await page.getByRole('alert').filter({ hasText: 'no piece' }).waitFor();
      await fits('unknown piece');
      for (const path of ['/about', '/instruments/', '/instruments/piano', '/404.html']) {
        await page.goto(`${BASE}${path}`);
        await page.waitForTimeout(300);
        await fits(path);
      }
      await close();
    });
  }

  it('keeps the order of reading on a phone and brings the piece into view', async () => {
    const { page, context, close } = await open(browser, PHONE);
    await page.getByRole('radio', { name: 'Choose a note' }).check();
    // A tap chooses; anything else the finger does moves the page or the keyboard.
    await page.locator('[data-pitch="62"]').tap({ position: { x: 20, y: 130 } });
    assert.equal(await page.getByRole('slider', { name: 'First note' }).getAttribute('aria-valuenow'), '62');
    assert.equal(await page.locator('.keys').evaluate((keys) => getComputedStyle(keys).touchAction), 'manipulation');
    await composed(page, 60);
    const look = (page) =>
      page.evaluate(() => {
        const top = (selector) => document.querySelector(selector).getBoundingClientRect().top;
        return { form: top('.primary-button'), stage: top('.stage'), room: innerHeight };
      });
    const other = await context.newPage();
    await other.goto(page.url());
    await notesOnRoll(other, 60);
    for (const where of [page, other]) {
      const { form, stage, room } = await look(where);
      assert.ok(form < stage, `form at ${form}, stage at ${stage}`);
      assert.ok(stage >= 0 && stage <= room * 0.6, `stage at ${stage} of ${room}`);
    }
    await close();
  });

  it('is served under the strict policy', async () => {
    for (const path of ['/', '/about', '/instruments/piano']) {
      const policy = (await fetch(`${BASE}${path}`)).headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'self'/, path);
      assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/, path);
      assert.match(policy, /style-src 'self'(;|$)/, path);
      assert.doesNotMatch(policy, /unsafe-inline|blob:|https?:/, path);
    }
  });

  it('loads at most 25 kB of JavaScript first, and no sound', async () => {
    const { page, close } = await open(browser, { path: '/404.html', serviceWorkers: 'block' });
    const scripts = [];
    const others = [];
    page.on('response', (response) => {
      const path = new URL(response.url()).pathname;
      if (/\.js$/.test(path)) scripts.push(path);
      if (/\.(sf3|wasm)$|sound-|spessasynth/.test(path)) others.push(path);
    });
    await page.goto(`${BASE}/`, { waitUntil: 'networkidle' });
    const size = (await Promise.all([...new Set(scripts)].map((path) => bytesOf(`${BASE}${path}`)))).reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
    assert.ok(size > 1_000 && size <= 25_000, `${size} bytes of JavaScript, compressed`);
    assert.deepEqual(others, []);
    await close();
  });

  it('says what it can without JavaScript', async () => {
    const { page, close } = await open(browser, { javaScriptEnabled: false });
    await page.locator('noscript p').filter({ hasText: 'Composing here needs JavaScript.' }).waitFor();
    await page.getByRole('link', { name: 'Instruments', exact: true }).click();
    await page.getByRole('link', { name: 'Piano' }).click();
    await page.getByRole('heading', { name: 'Where it comes from' }).waitFor();
    await page.getByRole('link', { name: 'About' }).click();
    await page.getByRole('heading', { name: 'How a piece comes about' }).waitFor();
    await close();
  });

  it('lets the piano be heard on its page', async () => {
    const { page, close } = await open(browser, { path: '/instruments/piano' });
    await page.getByRole('button', { name: 'Hear it' }).click();
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    assert.ok((await loudest(page, 2_000, 'hear-it')) > 0.01);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('link', { name: 'Generate for it' }).click();
    assert.equal(await page.getByRole('radio', { name: 'Choose a note' }).isChecked(), true);
    await close();
  });
});

/** Two parts of eight notes each, written byte by byte. */
function duet() {
  const track = (name, channel, program, base) => {
    const text = Buffer.from(name);
    const events = [0, 0xff, 0x03, text.length, ...text, 0, 0xc0 | channel, program];
    for (let i = 0; i < 8; i++) events.push(0, 0x90 | channel, base + i, 90, 0x83, 0x60, 0x80 | channel, base + i, 0);
    events.push(0, 0xff, 0x2f, 0);
    const head = Buffer.from('MTrk\0\0\0\0', 'latin1');
    head.writeUInt32BE(events.length, 4);
    return Buffer.concat([head, Buffer.from(events)]);
  };
  return Buffer.concat([
    Buffer.from([...Buffer.from('MThd'), 0, 0, 0, 6, 0, 1, 0, 2, 1, 0xe0]),
    track('Flute', 0, 73, 72),
    track('Cello', 1, 42, 48),
  ]);
}
