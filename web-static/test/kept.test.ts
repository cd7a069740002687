import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writePiece } from '../src/midi-file';
import { emptyPiece } from '../src/piece';
import { MemoryCaches, MemoryStorage } from './memory';

const FILE = writePiece({
  ...emptyPiece(),
  parts: [{ name: 'Piano', program: 0, percussion: false }],
  notes: [{ start: 0, length: 1, pitch: 60, velocity: 80, part: 0 }],
});
const PATH = '/v1/generations/a/midi';

/** Answers of the service by path. */
let service: Record<string, () => Response>;
let files: MemoryCaches;

/** The modules as a page loads them, over the stores of this test. */
async function page() {
  vi.resetModules();
  const [{ Session }, { history }, { forget }] = await Promise.all([
    import('../src/session'),
    import('../src/history'),
    import('../src/kept'),
  ]);
  return { Session, history, forget };
}

const stream = (...events: string[]) => new Response(events.join(''), { headers: { 'content-type': 'text/event-stream' } });
const succeeded = { id: 'a', status: 'succeeded', seed: 1 };

beforeEach(() => {
  files = new MemoryCaches();
  service = { '/v1/generations/a': () => Response.json(succeeded), [PATH]: () => new Response(FILE) };
  vi.stubGlobal('localStorage', new MemoryStorage());
  vi.stubGlobal('caches', files);
  vi.stubGlobal('fetch', async (path: string) => service[path]?.() ?? new Response(null, { status: 404 }));
});
afterEach(() => vi.unstubAllGlobals());

describe('a piece', () => {
  it('is kept with its file and opened again without the service', async () => {
    const { Session, history } = await page();
    await new Session('a').run();
    expect(history.find('a')).toMatchObject({ status: 'succeeded', notes: 1 });
    service = {};
    const again = new Session('a');
    await again.run();
    expect(again.bytes).toEqual(FILE);
  });

  it('opens where the browser refuses to store anything', async () => {
    vi.stubGlobal('caches', { open: () => Promise.reject(new DOMException('denied', 'SecurityError')) });
    const { Session } = await page();
    const session = new Session('a');
    await session.run();
    expect(session.state.status).toBe('succeeded');
    expect(session.bytes).toEqual(FILE);
  });

  it('takes its file along when it is forgotten', async () => {
    const { Session, history, forget } = await page();
    await new Session('a').run();
    expect(files.files.has(PATH)).toBe(true);
    await forget('a');
    expect(history.all()).toEqual([]);
    expect(files.files.has(PATH)).toBe(false);
  });

  it('stays forgotten when the service goes on with it', async () => {
    const { Session, history, forget } = await page();
    const session = new Session('a', undefined, { id: 'a', status: 'queued' });
    expect(history.find('a')).toBeDefined();
    await forget('a');
    service['/v1/generations/a/events'] = () =>
      stream('id: 1\nevent: started\ndata: {}\n\n', 'id: 2\nevent: succeeded\ndata: {}\n\n');
    await session.run();
    expect(session.bytes).toEqual(FILE);
    expect(history.all()).toEqual([]);
    expect(files.files.size).toBe(0);
  });

  it.each([
    ['succeeded', 'succeeded'],
    ['running', 'expired'],
  ] as const)('that was %s counts as %s once the service no longer has it', async (before, after) => {
    const { Session, history } = await page();
    history.add({ id: 'a', status: before });
    service = {};
    const session = new Session('a');
    await session.run();
    expect(session.state.status).toBe('gone');
    expect(history.find('a')?.status).toBe(after);
  });
});
