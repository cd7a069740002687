/** The HTTP API (v1), typed: what may be asked, what comes back, and errors as RFC 9457 problems. */

export type Start =
  | { kind: 'random' }
  | { kind: 'note'; pitch: number }
  | { kind: 'midi'; data: string };

export type LengthUnit = 'notes' | 'bars' | 'seconds';

export type Length = { [U in LengthUnit]?: number };

export interface Sampling {
  temperature?: number;
  topK?: number;
  topP?: number;
  minP?: number;
}

/** What no composed note may break; what is left out allows everything. */
export interface Controls {
  key?: { tonic: string; scale: string };
  pitchRange?: { lowest: number; highest: number };
  maxPolyphony?: number;
  maxNotesPerBeat?: number;
}

/** The body of `POST /v1/generations`. */
export interface GenerationRequest {
  model?: string;
  start: Start;
  length: Length;
  sampling?: Sampling;
  seed?: number;
  tempoBpm?: number;
  meter?: string;
  style?: string;
  controls?: Controls;
  includePrompt?: boolean;
}

/** A request as the service or a file tells it, without the fields it leaves open. */
export function withoutNulls(request: GenerationRequest): GenerationRequest {
  return JSON.parse(JSON.stringify(request), (_, value: unknown) => (value === null ? undefined : value)) as GenerationRequest;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** What has a value. */
export const defined = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;

export const nonEmpty = <T extends object>(fields: T): T | undefined => (Object.keys(fields).length ? fields : undefined);

export type Status = 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled' | 'expired';

const TERMINAL: readonly Status[] = ['succeeded', 'failed', 'canceled', 'expired'];
export const isTerminal = (status: Status) => TERMINAL.includes(status);

export interface Generation {
  id: string;
  status: Status;
  progress?: { done: number; total: number };
  queue?: { position?: number; etaSeconds?: number };
  seed?: number;
  model?: string;
  /** What is composed, with everything decided. */
  request?: GenerationRequest;
  error?: { code?: string; detail?: string };
}

/** Ranges the service accepts; the form states the same ones. */
export const LIMITS = {
  notes: { min: 1, max: 20_000 },
  bars: { min: 1, max: 2_000 },
  seconds: { min: 1, max: 3_600 },
  temperature: { min: 0, max: 2 },
  topK: { min: 0, max: 240 },
  topP: { min: 0.01, max: 1 },
  minP: { min: 0, max: 1 },
  tempoBpm: { min: 20, max: 300 },
  pitch: { min: 0, max: 127 },
  maxPolyphony: { min: 1, max: 32 },
  maxNotesPerBeat: { min: 1, max: 48 },
  seed: { min: 0, max: Number.MAX_SAFE_INTEGER },
} as const;

export interface FieldError {
  pointer: string;
  detail: string;
}

/** A refusal by the service, in its own words. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly FieldError[] = [],
    /** Seconds after which trying again makes sense, where the service said so. */
    readonly retryAfter?: number,
  ) {
    super(detail || title);
    this.name = 'Problem';
  }

  static async from(response: Response): Promise<Problem> {
    const retryAfter = Number(response.headers.get('retry-after') ?? NaN);
    let title = `The service answered ${response.status}`;
    let detail = '';
    let errors: FieldError[] = [];
    if (/json/.test(response.headers.get('content-type') ?? '')) {
      const body = (await response.json().catch(() => null)) as {
        title?: unknown;
        detail?: unknown;
        errors?: unknown;
      } | null;
      if (typeof body?.title === 'string') title = body.title;
      if (typeof body?.detail === 'string') detail = body.detail;
      if (Array.isArray(body?.errors)) {
        errors = body.errors.filter(
          (error): error is FieldError => typeof error?.detail === 'string' && typeof error?.pointer === 'string',
        );
      }
    }
    return new Problem(response.status, title, detail, errors, Number.isFinite(retryAfter) ? retryAfter : undefined);
  }
}

/** The service could not be reached at all. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The service cannot be reached.', { cause });
    this.name = 'Unreachable';
  }
}

const ROOT = '/v1/generations';

export const pathOf = (id: string) => `${ROOT}/${encodeURIComponent(id)}`;
export const midiPath = (id: string) => `${pathOf(id)}/midi`;
export const eventsPath = (id: string) => `${pathOf(id)}/events`;

/** Fetches, and turns every refusal into a {@link Problem}. */
export async function request(path: string, init: RequestInit = {}, fetcher: typeof fetch = fetch): Promise<Response> {
  let response: Response;
  try {
    response = await fetcher(path, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Unreachable(cause);
  }
  if (!response.ok) throw await Problem.from(response);
  return response;
}

/** Submits; the key makes a repeated click or a lost answer harmless. */
export async function submit(body: GenerationRequest, idempotencyKey: string): Promise<Generation> {
  const response = await request(ROOT, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'idempotency-key': idempotencyKey,
    },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Generation;
}

export async function look(id: string, init: RequestInit = {}): Promise<Generation> {
  const response = await request(pathOf(id), { ...init, headers: { accept: 'application/json' } });
  return (await response.json()) as Generation;
}

export async function cancel(id: string): Promise<void> {
  await request(pathOf(id), { method: 'DELETE' });
}

export async function midi(id: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await request(midiPath(id), { headers: { accept: 'audio/midi' } });
  return new Uint8Array(await response.arrayBuffer());
}

/** A model as `GET /v1/models` describes it; only what the page shows is named here. */
export interface Model {
  name: string;
  title?: string;
  sha256?: string;
  parameters?: number;
  sampling?: Sampling;
  trainedOn?: string;
  /** Labels that a request may name, the first for none in particular. */
  styles?: string[];
}

export interface Models {
  defaultModel?: string;
  models: Model[];
  /** What a key can be built on; absent where the service takes no controls. */
  scales?: { name: string; semitones: number[] }[];
}

export async function models(): Promise<Models> {
  const response = await request('/v1/models', { headers: { accept: 'application/json' } });
  return (await response.json()) as Models;
}

/** One sentence for a person: what went wrong and what to do about it. */
export function explain(error: unknown): string {
  if (error instanceof Problem) {
    const wait = error.retryAfter ? ` Try again in ${error.retryAfter} s.` : '';
    if (error.errors.length) {
      return error.errors.map(({ pointer, detail }) => sentence(/^[a-z]/.test(detail) ? detail : `${pointer}: ${detail}`)).join(' ');
    }
    if (error.status === 404) return 'There is no piece with this address.';
    if (error.status === 410) return 'This piece is no longer kept by the service.';
    if (error.status === 429) return `Too many pieces asked for at once.${wait || ' Wait a little, then try again.'}`;
    if (error.status === 503) return `${sentence(error.detail || 'The service is busy')}${wait || ' Try again in a moment.'}`;
    return sentence(error.detail || error.title);
  }
  if (error instanceof Unreachable) {
    return navigator.onLine
      ? 'The service cannot be reached. Try again in a moment; your settings are kept.'
      : 'You are offline. Composing needs a connection; your settings are kept.';
  }
  return error instanceof Error ? sentence(error.message) : 'Something went wrong.';
}

function sentence(text: string): string {
  const trimmed = text.trim();
  const start = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
