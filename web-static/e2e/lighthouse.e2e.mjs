// Lighthouse finds nothing to improve in accessibility, best practices and search engine basics.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import lighthouse from 'lighthouse';
import { BASE, chromiumPath, CHROMIUM_ARGS } from './browser.mjs';

let profile;
let chromium;
let port;

before(async () => {
  profile = await mkdtemp(join(tmpdir(), 'partita-lighthouse-'));
  chromium = spawn(chromiumPath(), [...CHROMIUM_ARGS, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: 'ignore',
    detached: true,
  });
  // Chromium writes the port it chose into its profile.
  for (let tries = 0; tries < 100 && !port; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    port = Number((await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')).split('\n')[0]) || undefined;
  }
  assert.ok(port, 'Chromium did not start');
});

after(async () => {
  if (chromium?.pid) {
    const gone = new Promise((resolve) => chromium.once('exit', resolve));
    process.kill(-chromium.pid, 'SIGTERM');
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 5_000).unref())]);
  }
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

for (const path of ['/', '/about', '/instruments/piano']) {
  it(`is content with ${path}`, async () => {
    const result = await lighthouse(`${BASE}${path}`, {
      port,
      logLevel: 'error',
      onlyCategories: ['accessibility', 'best-practices', 'seo'],
    });
    const scores = Object.fromEntries(Object.values(result.lhr.categories).map(({ id, score }) => [id, score]));
    const failed = Object.values(result.lhr.audits)
      .filter(({ score, scoreDisplayMode }) => score !== null && score < 1 && scoreDisplayMode === 'binary')
      .map(({ id, title }) => `${id}: ${title}`);
    assert.deepEqual(scores, { accessibility: 1, 'best-practices': 1, seo: 1 }, failed.join('\n'));
  });
}
