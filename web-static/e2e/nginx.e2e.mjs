// The image's nginx and the gateway serve the same site: the configuration that goes into the image is
// run with the nginx that is installed here, in front of the running gateway, and their answers are compared.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { BASE } from './browser.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const CONFIGURATION = at('../../deploy/containers/');
const SITE = at('../dist');
const MIME_TYPES = '/etc/nginx/mime.types';

const NGINX = ['nginx', '/usr/sbin/nginx'].find((path) => spawnSync(path, ['-v']).status === 0);
const skip = NGINX ? false : 'no nginx is installed here';
if (skip) console.log(`nginx.e2e.mjs skipped: ${skip}`);

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Replaces what must be there exactly once. */
function exchange(text, from, to) {
  assert.equal(text.split(from).length, 2, `nginx.conf has ${from} once`);
  return text.replace(from, () => to);
}

describe('the image’s nginx', { skip }, () => {
  let folder;
  let nginx;
  let front;
  let said = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'partita-nginx-'));
    const port = await freePort();
    // Only where things are differs from the image.
    let text = await readFile(join(CONFIGURATION, 'nginx.conf'), 'utf8');
    text = text.replaceAll('/tmp/', `${folder}/`);
    text = exchange(text, 'server gateway:8080;', `server ${new URL(BASE).host};`);
    text = exchange(text, 'listen 8080;', `listen 127.0.0.1:${port};`);
    text = exchange(text, 'root /usr/share/nginx/html;', `root ${SITE};`);
    // Started by root, its workers would not be allowed to read everybody's folders.
    if (process.getuid?.() === 0) text = `user root;\n${text}`;
    await writeFile(join(folder, 'nginx.conf'), text);
    await copyFile(join(CONFIGURATION, 'security-headers.conf'), join(folder, 'security-headers.conf'));
    await copyFile(MIME_TYPES, join(folder, 'mime.types'));
    nginx = spawn(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr', '-g', 'daemon off;'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    nginx.stderr.on('data', (data) => (said += data));
    front = `http://127.0.0.1:${port}`;
    for (let tries = 0; tries < 100 && nginx.exitCode === null; tries++) {
      if ((await fetch(`${front}/healthz`).catch(() => undefined))?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.fail(`nginx did not start: ${said}`);
  });

  after(async () => {
    if (nginx && nginx.exitCode === null) {
      const gone = new Promise((resolve) => nginx.once('exit', resolve));
      nginx.kill('SIGTERM');
      await gone;
    }
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const SAME = [
    'content-security-policy',
    'x-content-type-options',
    'x-frame-options',
    'referrer-policy',
    'cross-origin-opener-policy',
    'cross-origin-resource-policy',
    'permissions-policy',
    'cache-control',
  ];
  const kind = (response) => (response.headers.get('content-type') ?? '').split(';')[0].replace('application/javascript', 'text/javascript');

  async function both(path, headers = { accept: 'text/html,*/*' }) {
    const [here, there] = await Promise.all([front, BASE].map((base) => fetch(`${base}${path}`, { headers })));
    const told = (response) => Object.fromEntries(SAME.map((name) => [name, response.headers.get(name)?.split(', ').sort().join(', ')]));
    return { here, there, headersHere: told(here), headersThere: told(there) };
  }

  it('sends every page and file with the gateway’s headers, and the same bytes', async () => {
    const assets = (await readdir(join(SITE, 'assets'))).map((name) => `/assets/${name}`);
    const paths = ['/', '/about', '/instruments/', '/instruments/piano', '/icon.svg', '/site.webmanifest', '/robots.txt', '/service-worker.js', ...assets];
    assert.ok(assets.length > 5);
    for (const path of paths) {
      const { here, there, headersHere, headersThere } = await both(path);
      assert.equal(here.status, 200, path);
      assert.equal(there.status, 200, path);
      assert.deepEqual(headersHere, headersThere, path);
      assert.match(headersHere['content-security-policy'], /^default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; /, path);
      if (!/\.sf3$/.test(path)) assert.equal(kind(here), kind(there), path);
      assert.deepEqual(Buffer.from(await here.arrayBuffer()), Buffer.from(await there.arrayBuffer()), path);
    }
  });

  it('says the same of a page that is not there', async () => {
    const { here, there, headersHere, headersThere } = await both('/instruments/kazoo', { accept: 'text/html' });
    assert.equal(here.status, 404);
    assert.equal(there.status, 404);
    assert.equal(headersHere['content-security-policy'], headersThere['content-security-policy']);
    assert.equal(await here.text(), await there.text());
  });

  it('hands the API on, event by event', async () => {
    const asked = await fetch(`${front}/v1/generations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ start: { kind: 'random' }, length: { notes: 20_000 } }),
    });
    assert.equal(asked.status, 202);
    const { id } = await asked.json();
    const events = await fetch(`${front}/v1/generations/${id}/events`, { signal: AbortSignal.timeout(60_000) });
    assert.match(events.headers.get('content-type'), /^text\/event-stream/);
    let text = '';
    let unfinished = true;
    for await (const chunk of events.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (unfinished && /event: ?notes/.test(text)) {
        // Seen before the end: nothing was held back.
        assert.doesNotMatch(text, /event: ?succeeded/);
        unfinished = false;
        assert.equal((await fetch(`${front}/v1/generations/${id}`, { method: 'DELETE' })).ok, true);
      }
    }
    assert.equal(unfinished, false);
    assert.match(text, /event: ?canceled/);
  });
});
