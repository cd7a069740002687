/**
 * A pretended API for working on the page without the rest of the system, and for tests of the page
 * alone. It plays back made-up notes; it composes nothing.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { writeMidi } from 'midi-file';
import type { Connect, Plugin } from 'vite';

type Note = [number, number, number, number, number];

interface Job {
  id: string;
  status: string;
  createdAt: string;
  seed: number;
  notes: Note[];
  total: number;
  done: number;
  events: { id: number; event: string; data: unknown }[];
  listeners: Set<() => void>;
}

const jobs = new Map<string, Job>();

function madeUpNotes(count: number, seed: number, first: number): Note[] {
  const notes: Note[] = [];
  let state = seed >>> 0;
  const chance = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const scale = [0, 2, 4, 5, 7, 9, 11];
  let degree = 0;
  let step = 0;
  while (notes.length < count) {
    const bar = Math.floor(step / 96);
    const root = [0, 5, 3, 4][bar % 4]!;
    if (step % 48 === 0) {
      notes.push([step, 44, first - 12 - ((12 - scale[root]!) % 12), 58 + Math.floor(chance() * 16), 0]);
    }
    degree += Math.floor(chance() * 5) - 2;
    if (Math.abs(degree) > 9) degree = 0;
    const octave = Math.floor(degree / 7);
    const pitch = first + 12 * octave + scale[((degree % 7) + 7) % 7]!;
    const length = chance() < 0.3 ? 24 : 12;
    if (notes.length < count) notes.push([step, length - 1, pitch, 50 + Math.floor(chance() * 60), 0]);
    step += length;
  }
  return notes;
}

function file(job: Job): Uint8Array {
  const events = job.notes
    .flatMap(([start, length, noteNumber, velocity]) => [
      { at: start * 20, type: 'noteOn', channel: 0, noteNumber, velocity },
      { at: (start + length) * 20, type: 'noteOff', channel: 0, noteNumber, velocity: 0 },
    ])
    .sort((a, b) => a.at - b.at || a.type.localeCompare(b.type));
  let last = 0;
  const track = events.map(({ at, ...event }) => {
    const deltaTime = at - last;
    last = at;
    return { deltaTime, ...event };
  });
  return new Uint8Array(
    writeMidi({
      header: { format: 1, numTracks: 1, ticksPerBeat: 480 },
      tracks: [
        [
          { deltaTime: 0, type: 'setTempo', meta: true, microsecondsPerBeat: 600_000 },
          { deltaTime: 0, type: 'trackName', meta: true, text: 'Piano' },
          ...track,
          { deltaTime: 0, type: 'endOfTrack', meta: true },
        ] as never,
      ],
    }),
  );
}

function emit(job: Job, event: string, data: unknown): void {
  job.events.push({ id: job.events.length + 1, event, data });
  for (const listener of job.listeners) listener();
}

async function compose(job: Job, speed: number): Promise<void> {
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms / speed));
  emit(job, 'queued', {});
  for (const position of [2, 1, 0]) {
    emit(job, 'position', { position, etaSeconds: position + 1 });
    await wait(400);
    if (job.status !== 'queued') return;
  }
  job.status = 'running';
  emit(job, 'started', {});
  const chunk = Math.max(1, Math.min(60, Math.ceil(job.total / 24)));
  while (job.done < job.total) {
    await wait(150);
    if (job.status !== 'running') return;
    const notes = job.notes.slice(job.done, job.done + chunk);
    emit(job, 'notes', { from: job.done, notes, stepsPerQuarter: 24, tempoBpm: 100 });
    job.done += notes.length;
    emit(job, 'progress', { done: job.done, total: job.total });
  }
  job.status = 'succeeded';
  emit(job, 'succeeded', {});
}

const view = (job: Job) => ({
  id: job.id,
  status: job.status,
  createdAt: job.createdAt,
  progress: { done: job.done, total: job.total },
  seed: job.seed,
  model: 'fake',
  links: { self: `/v1/generations/${job.id}` },
});

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body));
}

async function body(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += piece;
  return text;
}

const handle: Connect.NextHandleFunction = async (request, response, next) => {
  const url = new URL(request.url ?? '/', 'http://fake');
  if (!url.pathname.startsWith('/v1/')) return next();
  if (url.pathname === '/v1/models') return answer(response, 200, { defaultModel: 'fake', models: [{ name: 'fake', title: 'No model: made-up notes' }] });
  if (url.pathname === '/v1/generations' && request.method === 'POST') {
    const asked = JSON.parse(await body(request)) as {
      start: { kind: string; pitch?: number };
      length: Record<string, number>;
      seed?: number;
    };
    const total = asked.length['notes'] ?? 8 * (asked.length['bars'] ?? 0) + 4 * (asked.length['seconds'] ?? 0);
    if (asked.seed === 503) {
      return answer(response, 503, { title: 'Busy', detail: 'All places in the queue are taken' }, { 'retry-after': '2' });
    }
    const seed = asked.seed ?? randomBytes(4).readUInt32BE();
    const id = randomBytes(16).toString('hex');
    const job: Job = {
      id,
      status: 'queued',
      createdAt: new Date().toISOString(),
      seed,
      total,
      done: 0,
      notes: madeUpNotes(total, seed, asked.start.pitch ?? 67),
      events: [],
      listeners: new Set(),
    };
    jobs.set(id, job);
    void compose(job, Number(process.env['FAKE_SPEED'] ?? 1));
    return answer(response, 202, view(job), { location: `/v1/generations/${id}` });
  }
  const match = /^\/v1\/generations\/([^/]+)(\/events|\/midi)?$/.exec(url.pathname);
  const job = match && jobs.get(match[1]!);
  if (!job) return answer(response, 404, { title: 'Not found', detail: 'No job has this id' });
  if (request.method === 'DELETE') {
    if (job.status === 'queued' || job.status === 'running') {
      job.status = 'canceled';
      emit(job, 'canceled', {});
    }
    return answer(response, 200, view(job));
  }
  if (match[2] === '/midi') {
    const bytes = file(job);
    const etag = `"${createHash('sha256').update(bytes).digest('hex')}"`;
    response.writeHead(200, { 'content-type': 'audio/midi', 'content-disposition': 'attachment', etag }).end(bytes);
    return;
  }
  if (match[2] === '/events') {
    let sent = Number(request.headers['last-event-id'] ?? 0);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const push = () => {
      for (const { id, event, data } of job.events.slice(sent)) {
        response.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        sent = id;
        if (['succeeded', 'canceled'].includes(event)) response.end();
      }
    };
    job.listeners.add(push);
    request.on('close', () => job.listeners.delete(push));
    push();
    return;
  }
  return answer(response, 200, view(job));
};

export function fakeApi(): Plugin {
  return {
    name: 'fake-api',
    configureServer: (server) => void server.middlewares.use(handle),
    configurePreviewServer: (server) => void server.middlewares.use(handle),
  };
}
