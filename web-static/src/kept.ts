/** Finished files kept in this browser, so that they outlive the service's time limit and work offline. */
import { midiPath } from './api';
import { history } from './history';

/** Does something with the store of files; nothing where there is none or the browser refuses it. */
async function inStore<T>(work: (store: Cache) => Promise<T>): Promise<T | undefined> {
  try {
    return await work(await caches.open('partita-pieces-1'));
  } catch {
    return undefined;
  }
}

/** Keeps a file, and lets go of those whose pieces have left the list. */
export async function keep(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await inStore(async (store) => {
    await store.put(midiPath(id), new Response(bytes, { headers: { 'content-type': 'audio/midi' } }));
    const wanted = new Set(history.all().map((entry) => midiPath(entry.id)));
    for (const file of await store.keys()) {
      if (!wanted.has(new URL(file.url).pathname)) await store.delete(file);
    }
  });
}

export function kept(id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return inStore(async (store) => {
    const file = await store.match(midiPath(id));
    return file && new Uint8Array(await file.arrayBuffer());
  });
}

/** Takes a piece off the list, and its file with it. */
export async function forget(id: string): Promise<void> {
  history.remove(id);
  await inStore((store) => store.delete(midiPath(id)));
}
