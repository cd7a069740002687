/**
 * Follows a job to its end: by server-sent events, resumed with `Last-Event-ID` after every break,
 * and by polling while no event stream can be had.
 */
import { eventsPath, isTerminal, pathOf, Problem, request, Unreachable, type Generation, type Status } from './api';

/** A note on the grid: start step, duration in steps, pitch, velocity, part. */
export type GridNote = [startStep: number, durationSteps: number, pitch: number, velocity: number, part: number];

export interface NotesChunk {
  /** Index of the first of these notes in the piece; what was held from there on is replaced. */
  from?: number;
  notes: GridNote[];
  stepsPerQuarter: number;
  tempoBpm: number;
}

export type JobEvent =
  | { type: 'status'; status: Status; error?: { code?: string; detail?: string } }
  | { type: 'position'; position?: number; etaSeconds?: number }
  | { type: 'progress'; done: number; total: number }
  | { type: 'notes'; chunk: NotesChunk }
  /** The connection is lost (true) or there again (false). */
  | { type: 'interrupted'; interrupted: boolean };

export interface ServerSentEvent {
  id?: string;
  event: string;
  data: string;
}

/** Cuts a text stream into server-sent events (WHATWG HTML §9.2.6). */
export class EventStreamParser {
  #rest = '';
  #event = '';
  #data: string[] = [];
  #id: string | undefined;
  /** Reconnection time the server asked for, in milliseconds. */
  retry: number | undefined;

  push(text: string): ServerSentEvent[] {
    const events: ServerSentEvent[] = [];
    this.#rest += text;
    // A CR at the very end may be the first half of a CRLF.
    const complete = this.#rest.endsWith('\r') ? this.#rest.slice(0, -1) : this.#rest;
    const lines = complete.split(/\r\n|\n|\r/);
    this.#rest = lines.pop()! + this.#rest.slice(complete.length);
    for (const line of lines) {
      if (line === '') {
        if (this.#data.length) {
          const event: ServerSentEvent = { event: this.#event || 'message', data: this.#data.join('\n') };
          if (this.#id !== undefined) event.id = this.#id;
          events.push(event);
        }
        this.#event = '';
        this.#data = [];
        continue;
      }
      const colon = line.indexOf(':');
      if (colon === 0) continue;
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') this.#event = value;
      else if (field === 'data') this.#data.push(value);
      else if (field === 'id' && !value.includes('\0')) this.#id = value;
      else if (field === 'retry' && /^\d+$/.test(value)) this.retry = Number(value);
    }
    return events;
  }
}

/** What one server-sent event means for the page; `undefined` for one it does not know. */
export function interpret({ event, data }: ServerSentEvent): JobEvent | undefined {
  let body: Record<string, unknown>;
  try {
    body = data ? (JSON.parse(data) as Record<string, unknown>) : {};
  } catch {
    return undefined;
  }
  switch (event) {
    case 'queued':
    case 'succeeded':
    case 'failed':
    case 'canceled':
    case 'expired': {
      const error = (body['error'] ?? (typeof body['detail'] === 'string' ? body : undefined)) as
        | { code?: string; detail?: string }
        | undefined;
      return { type: 'status', status: event, ...(error ? { error } : {}) };
    }
    case 'started':
      return { type: 'status', status: 'running' };
    case 'position':
      return { type: 'position', ...pick(body, 'position'), ...pick(body, 'etaSeconds') };
    case 'progress':
      return typeof body['done'] === 'number' && typeof body['total'] === 'number'
        ? { type: 'progress', done: body['done'], total: body['total'] }
        : undefined;
    case 'notes':
      return Array.isArray(body['notes']) ? { type: 'notes', chunk: body as unknown as NotesChunk } : undefined;
    default:
      return undefined;
  }
}

function pick<K extends string>(body: Record<string, unknown>, key: K): { [P in K]?: number } {
  return (typeof body[key] === 'number' ? { [key]: body[key] } : {}) as { [P in K]?: number };
}

/** The difference a polled job makes, as events. */
export function eventsOf(job: Generation): JobEvent[] {
  const events: JobEvent[] = [];
  if (job.queue && job.status === 'queued') events.push({ type: 'position', ...job.queue });
  if (job.progress) events.push({ type: 'progress', ...job.progress });
  events.push({ type: 'status', status: job.status, ...(job.error ? { error: job.error } : {}) });
  return events;
}

export interface FollowOptions {
  signal: AbortSignal;
  fetch?: typeof fetch;
  /** Waits, or rejects when the signal is aborted. */
  sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Breaks in a row after which polling takes over for a while. */
  patience?: number;
  /** Failures in a row after which the service counts as unreachable. */
  persistence?: number;
}

/** Polling between two tries of a stream that cannot be had, in milliseconds: doubled from try to try. */
const STREAM_PAUSE = { shortest: 2_000, longest: 60_000 };

/**
 * Yields what happens to the job, ending with the event that carries a terminal status. Where the
 * stream breaks again and again or is refused, polling takes over for a while; only the stream tells
 * the notes, so it is tried again whenever the service has answered.
 *
 * @throws Problem if the service refuses (404, 410), Unreachable if it stays away
 */
export async function* follow(id: string, options: FollowOptions): AsyncGenerator<JobEvent, void, undefined> {
  const { signal, patience = 3, persistence = 40 } = options;
  const fetcher = options.fetch ?? fetch;
  const sleep = options.sleep ?? pause;
  let lastEventId: string | undefined;
  /** Breaks of the stream in a row. */
  let breaks = 0;
  /** Milliseconds of polling left before the stream is tried again. */
  let polling = 0;
  let wait = 250;
  /** Polls in a row that failed. */
  let failures = 0;
  let interrupted = false;
  function* connection(lost: boolean): Generator<JobEvent> {
    if (interrupted === lost) return;
    interrupted = lost;
    yield { type: 'interrupted', interrupted };
  }

  for (;;) {
    if (polling <= 0 && failures === 0) {
      const parser = new EventStreamParser();
      /** Seconds for which the service wants no further try; there is nothing to be had at once. */
      let refusedFor: number | undefined;
      try {
        const body = await openStream(id, lastEventId, signal, fetcher);
        if (body) {
          yield* connection(false);
          for await (const event of eventsIn(body, parser)) {
            lastEventId = event.id ?? lastEventId;
            breaks = 0;
            const meaning = interpret(event);
            if (!meaning) continue;
            yield meaning;
            if (meaning.type === 'status' && isTerminal(meaning.status)) return;
          }
        } else {
          refusedFor = 0;
        }
      } catch (error) {
        if (signal.aborted) throw error;
        if (error instanceof Problem) {
          if (error.status === 404 || error.status === 410) throw error;
          refusedFor = error.retryAfter;
        }
      }
      breaks = Math.max(breaks + 1, refusedFor === undefined ? 0 : patience);
      if (breaks < patience) {
        yield* connection(breaks > 1);
        await sleep(parser.retry ?? Math.min(4_000, 250 * 2 ** breaks), signal);
        continue;
      }
      const { shortest, longest } = STREAM_PAUSE;
      polling = Math.max((refusedFor ?? 0) * 1_000, Math.min(longest, shortest * 2 ** (breaks - patience)));
    }

    try {
      const response = await request(
        pathOf(id),
        { signal, cache: 'no-store', headers: { accept: 'application/json' } },
        fetcher,
      );
      const job = (await response.json()) as Generation;
      failures = 0;
      yield* connection(false);
      yield* eventsOf(job);
      if (isTerminal(job.status)) return;
      wait = Math.min(2_000, wait * 1.5);
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof Problem && error.status < 500 && error.status !== 429) throw error;
      if (++failures >= persistence) throw error instanceof Problem ? error : new Unreachable(error);
      yield* connection(true);
      wait = Math.min(5_000, wait * 2);
    }
    await sleep(wait, signal);
    polling -= wait;
  }
}

/** The stream of events after the one last seen; `undefined` where the answer is no such stream. */
async function openStream(
  id: string,
  lastEventId: string | undefined,
  signal: AbortSignal,
  fetcher: typeof fetch,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | undefined> {
  const headers = { accept: 'text/event-stream', ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) };
  const { body, headers: answered } = await request(eventsPath(id), { signal, cache: 'no-store', headers }, fetcher);
  return body && /text\/event-stream/.test(answered.get('content-type') ?? '') ? body : undefined;
}

/** The events of a stream, as they come. */
async function* eventsIn(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  parser: EventStreamParser,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parser.push(value);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
