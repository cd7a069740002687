import { describe, expect, it } from 'vitest';
import { Problem } from '../src/api';
import { EventStreamParser, follow, interpret, type JobEvent } from '../src/follow';

/**
 * A service that answers each request with the next prepared answer and remembers what was asked.
 * With `polled`, the prepared answers are the stream's, and the job always answers that.
 */
class ScriptedService {
  readonly asked: { path: string; lastEventId: string | null }[] = [];
  constructor(
    private readonly answers: (() => Response | Promise<Response>)[],
    private readonly polled?: () => Response,
  ) {}

  readonly fetch = (async (path: string, init: RequestInit) => {
    this.asked.push({ path, lastEventId: new Headers(init.headers).get('last-event-id') });
    const answer = this.polled && !path.endsWith('/events') ? this.polled : this.answers.shift();
    if (!answer || this.asked.length > 100) throw new Error('asked more often than expected');
    return answer();
  }) as unknown as typeof fetch;
}

const stream = (...chunks: string[]) => () => {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
};
const json = (body: unknown, status = 200) => () =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  });
const broken = () => Promise.reject(new TypeError('network'));

async function collect(service: ScriptedService, slept: number[] = []): Promise<JobEvent[]> {
  const events: JobEvent[] = [];
  const options = {
    signal: new AbortController().signal,
    fetch: service.fetch,
    sleep: async (milliseconds: number) => void slept.push(milliseconds),
  };
  for await (const event of follow('job', options)) events.push(event);
  return events;
}

describe('EventStreamParser', () => {
  it('puts events together however the bytes were cut', () => {
    const text = 'id: 1-0\r\nevent: notes\r\ndata: {"a":\r\ndata: 1}\r\n\r\n: ping\n\nid: 2-0\rdata: x\r\rdata: y\n\n';
    for (let cut = 0; cut <= text.length; cut++) {
      const parser = new EventStreamParser();
      const events = [...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))];
      expect(events).toEqual([
        { id: '1-0', event: 'notes', data: '{"a":\n1}' },
        { id: '2-0', event: 'message', data: 'x' },
        { id: '2-0', event: 'message', data: 'y' },
      ]);
    }
  });

  it('keeps an unfinished event back', () => {
    const parser = new EventStreamParser();
    expect(parser.push('data: half')).toEqual([]);
    expect(parser.push('\n')).toEqual([]);
    expect(parser.push('\n')).toHaveLength(1);
  });

  it('learns the reconnection time', () => {
    const parser = new EventStreamParser();
    parser.push('retry: 1500\n');
    expect(parser.retry).toBe(1500);
  });
});

describe('interpret', () => {
  it('ignores what it does not know and what is not JSON', () => {
    expect(interpret({ event: 'heartbeat', data: '{}' })).toBeUndefined();
    expect(interpret({ event: 'progress', data: 'nonsense' })).toBeUndefined();
    expect(interpret({ event: 'progress', data: '{"done":"many"}' })).toBeUndefined();
  });

  it('keeps why a job failed', () => {
    expect(interpret({ event: 'failed', data: '{"error":{"code":"poison","detail":"gave up"}}' })).toEqual({
      type: 'status',
      status: 'failed',
      error: { code: 'poison', detail: 'gave up' },
    });
  });
});

describe('follow', () => {
  it('tells the life of a job from its event stream', async () => {
    const service = new ScriptedService([
      stream(
        'id: 1\nevent: queued\ndata: {}\n\nid: 2\nevent: position\ndata: {"position":2,"etaSeconds":3}\n\n',
        'id: 3\nevent: started\ndata: {}\n\nid: 4\nevent: progress\ndata: {"done":1,"total":2}\n\n',
        'id: 5\nevent: succeeded\ndata: {}\n\nid: 6\nevent: progress\ndata: {"done":9,"total":9}\n\n',
      ),
    ]);
    expect(await collect(service)).toEqual([
      { type: 'status', status: 'queued' },
      { type: 'position', position: 2, etaSeconds: 3 },
      { type: 'status', status: 'running' },
      { type: 'progress', done: 1, total: 2 },
      { type: 'status', status: 'succeeded' },
    ]);
  });

  it('resumes a broken stream after the last event it has seen', async () => {
    const service = new ScriptedService([
      stream('id: 7-0\nevent: started\ndata: {}\n\nid: 8-0\nevent: prog'),
      stream('id: 9-0\nevent: succeeded\ndata: {}\n\n'),
    ]);
    await collect(service);
    expect(service.asked.map(({ lastEventId }) => lastEventId)).toEqual([null, '7-0']);
  });

  it('falls back to polling where there is no stream', async () => {
    const service = new ScriptedService([
      json({}),
      json({ id: 'job', status: 'queued', queue: { position: 1 } }),
      json({ id: 'job', status: 'running', progress: { done: 5, total: 10 } }),
      json({ id: 'job', status: 'succeeded', progress: { done: 10, total: 10 } }),
    ]);
    const events = await collect(service);
    expect(service.asked.map(({ path }) => path)).toEqual([
      '/v1/generations/job/events',
      ...Array<string>(3).fill('/v1/generations/job'),
    ]);
    expect(events.at(-1)).toEqual({ type: 'status', status: 'succeeded' });
    expect(events).toContainEqual({ type: 'progress', done: 5, total: 10 });
  });

  it('says when the connection is lost and when it is back', async () => {
    const service = new ScriptedService([
      broken,
      broken,
      broken,
      broken,
      json({ id: 'job', status: 'canceled' }),
    ]);
    expect(await collect(service)).toEqual([
      { type: 'interrupted', interrupted: true },
      { type: 'interrupted', interrupted: false },
      { type: 'status', status: 'canceled' },
    ]);
  });

  it('goes back to the stream, after the last event it has seen, when the service answers again', async () => {
    const started = stream('id: 7-0\nevent: started\ndata: {}\n\n');
    const ended = stream('id: 8-0\nevent: notes\ndata: {"notes":[]}\n\nid: 9-0\nevent: succeeded\ndata: {}\n\n');
    const service = new ScriptedService([started, broken, broken, broken, ended], json({ id: 'job', status: 'running' }));
    const events = await collect(service);
    expect(service.asked.at(-1)).toEqual({ path: '/v1/generations/job/events', lastEventId: '7-0' });
    expect(events.map(({ type }) => type).slice(-2)).toEqual(['notes', 'status']);
  });

  it('leaves a stream that is refused alone for as long as the service says', async () => {
    const refused = () => new Response(null, { status: 503, headers: { 'retry-after': '7' } });
    const ended = stream('id: 1\nevent: canceled\ndata: {}\n\n');
    const service = new ScriptedService([refused, ended], json({ id: 'job', status: 'running' }));
    const slept: number[] = [];
    const events = await collect(service, slept);
    const away = slept.reduce((sum, wait) => sum + wait);
    expect(away).toBeGreaterThanOrEqual(7_000);
    expect(away).toBeLessThan(9_000);
    expect(events.filter(({ type }) => type === 'interrupted')).toEqual([]);
    expect(events.at(-1)).toEqual({ type: 'status', status: 'canceled' });
  });

  it('gives up at once on a job that does not exist', async () => {
    const service = new ScriptedService([json({ title: 'Not found', status: 404 }, 404)]);
    await expect(collect(service)).rejects.toBeInstanceOf(Problem);
    expect(service.asked).toHaveLength(1);
  });

  it('stops when told to', async () => {
    const abort = new AbortController();
    const service = new ScriptedService([stream('event: started\ndata: {}\n\n')]);
    const events = follow('job', { signal: abort.signal, fetch: service.fetch });
    await events.next();
    abort.abort();
    await expect(events.next()).rejects.toThrow();
  });
});
