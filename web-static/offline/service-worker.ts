/**
 * Keeps the site usable without a connection: its own files are kept as they were built, the sound
 * bank once it has been heard. The API is never answered from here.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;
/** Paths of the built files, those for playing apart, and a name for exactly this set; put in by the build. */
declare const __SHELL__: { version: string; files: string[]; sound: string[] };

const SHELL = `partita-shell-${__SHELL__.version}`;
const SOUND = 'partita-sound-1';
const PIECES = 'partita-pieces-1';

worker.addEventListener('install', (event) => {
  // It then waits until the pages of the version before are closed, for they still want its parts.
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.addAll(__SHELL__.files.map((file) => new Request(file, { cache: 'no-cache' })))),
  );
});

worker.addEventListener('activate', (event) => {
  const wanted = new Set([SHELL, SOUND, PIECES]);
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => !wanted.has(name)).map((name) => caches.delete(name))))
      .then(forgetOldSound)
      .then(() => worker.clients.claim()),
  );
});

worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin) return;
  if (/^\/(v1|actuator)\//.test(url.pathname)) return;
  if (event.request.mode === 'navigate') event.respondWith(page(event.request));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(event.request, url));
});

async function forgetOldSound(): Promise<void> {
  const sound = await caches.open(SOUND);
  for (const file of await sound.keys()) {
    if (!__SHELL__.sound.includes(new URL(file.url).pathname)) await sound.delete(file);
  }
}

/** Pages come from the network while there is one. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const shell = await caches.open(SHELL);
    const path = new URL(request.url).pathname.replace(/\/$/, '');
    for (const file of [path, `${path}/index.html`, `${path}.html`, '/404.html']) {
      const kept = file && (await shell.match(file));
      if (kept) return kept;
    }
    throw error;
  }
}

/** Names of assets carry their hash, so what is kept is right for ever. */
async function asset(request: Request, url: URL): Promise<Response> {
  const kept = await caches.match(url.pathname);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && __SHELL__.sound.includes(url.pathname)) {
    const copy = response.clone();
    void caches.open(SOUND).then((cache) => cache.put(url.pathname, copy));
  }
  return response;
}
