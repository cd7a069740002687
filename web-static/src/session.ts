/** One piece on the page: its job's state, its notes, its file. The elements only draw it. */
import * as api from './api';
import type { JobEvent } from './follow';
import { history, thumbnailOf, type Entry } from './history';
import { keep, kept } from './kept';
import { append, emptyPiece, endOf, secondsAt, type Piece } from './piece';

export interface SessionState {
  id: string;
  settings?: api.GenerationRequest;
  status: api.Status | 'opening' | 'gone';
  /** Jobs before this one. */
  position?: number;
  etaSeconds?: number;
  done: number;
  total: number;
  interrupted: boolean;
  error?: string;
  /** The service could not be asked, so the piece itself may be well. */
  lost?: boolean;
}

/** Applies an event; notes are handled by the session, since they grow in place. */
export function reduce(state: SessionState, event: JobEvent): SessionState {
  switch (event.type) {
    case 'status': {
      const next: SessionState = { ...state, status: event.status };
      if (event.status === 'queued') return { ...next, done: 0 };
      delete next.position;
      delete next.etaSeconds;
      if (event.error?.detail) next.error = event.error.detail;
      if (event.status === 'succeeded') next.done = next.total;
      return next;
    }
    case 'position': {
      const { position, etaSeconds, ...rest } = state;
      void position;
      void etaSeconds;
      return {
        ...rest,
        ...(event.position === undefined ? {} : { position: event.position }),
        ...(event.etaSeconds === undefined ? {} : { etaSeconds: event.etaSeconds }),
      };
    }
    case 'progress':
      return { ...state, done: event.done, total: Math.max(1, event.total) };
    case 'interrupted':
      return { ...state, interrupted: event.interrupted };
    case 'notes':
      return state;
  }
}

/** The state in a few words. */
export function words(state: SessionState, notes: number): string {
  if (state.interrupted && !api.isTerminal(state.status as api.Status)) return 'Connection lost; trying to get back';
  switch (state.status) {
    case 'opening':
      return 'Opening';
    case 'queued': {
      const line =
        state.position === undefined
          ? ''
          : state.position < 1
            ? ', next in line'
            : `, ${ordinal(state.position + 1)} in line`;
      const eta = state.etaSeconds === undefined ? '' : `, about ${Math.max(1, Math.round(state.etaSeconds))} s`;
      return `Queued${line}${eta}`;
    }
    case 'running':
      return `Composing ${percent(state)} %`;
    case 'succeeded':
      return 'Ready';
    case 'failed':
      return state.lost ? 'Not reached' : 'Composing failed';
    case 'canceled':
      return notes ? 'Canceled; the notes so far are kept here' : 'Canceled';
    case 'expired':
      return 'The piece waited too long and was given up';
    case 'gone':
      return 'The service no longer keeps this piece';
  }
}

/** The state as it is read out: only what is worth an interruption, so no seconds and no single percent. */
export function spoken({ etaSeconds, ...state }: SessionState, notes: number): string {
  void etaSeconds;
  return state.status === 'running' ? `Composing, ${Math.floor(percent(state) / 25) * 25} percent` : words(state, notes);
}

export const percent = ({ done, total }: Pick<SessionState, 'done' | 'total'>) =>
  total > 0 ? Math.min(100, Math.floor((100 * done) / total)) : 0;

export function ordinal(n: number): string {
  const tail = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${tail}`;
}

/** Events: `change` (state), `notes` (detail: first changed index), `ready` (file arrived). */
export class Session extends EventTarget {
  state: SessionState;
  piece: Piece = emptyPiece();
  /** The finished file, exactly as the service sent it. */
  bytes: Uint8Array<ArrayBuffer> | undefined;
  /** True if the job began here or was unfinished when this page met it, so that finishing it is news. */
  watched = false;
  /** File name, for a piece that was dropped on the page. */
  name: string | undefined;
  readonly #stop = new AbortController();
  /** True if the piece is on the list, or was and has been forgotten since. */
  #listed: boolean;

  constructor(id: string, settings?: api.GenerationRequest, first?: api.Generation) {
    super();
    const known = id ? history.find(id) : undefined;
    this.#listed = known !== undefined;
    const asked = settings ?? known?.settings;
    this.state = {
      id,
      ...(asked ? { settings: asked } : {}),
      status: first?.status ?? 'opening',
      done: first?.progress?.done ?? 0,
      total: first?.progress?.total ?? 0,
      interrupted: false,
    };
    if (first) this.#learn(first);
  }

  /** @throws MidiFileError if the file cannot be read */
  static async ofFile(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Session> {
    const { provenance, readMidi } = await import('./midi-file');
    const piece = readMidi(bytes);
    const session = new Session('', provenance(bytes));
    session.name = name;
    session.piece = piece;
    session.bytes = bytes;
    session.state = { ...session.state, status: 'succeeded' };
    return session;
  }

  /** True while more notes may come. */
  get growing(): boolean {
    return this.state.status === 'queued' || this.state.status === 'running';
  }

  async run(): Promise<void> {
    const { id } = this.state;
    const { signal } = this.#stop;
    try {
      if (this.state.status === 'opening') {
        const saved = await kept(id);
        if (saved) {
          await this.#finish(saved);
          return;
        }
        const job = await api.look(id, { signal });
        this.#learn(job);
        if (job.status === 'succeeded') {
          await this.#finish(await api.midi(id));
          return;
        }
        this.#apply({ type: 'status', status: job.status, ...(job.error ? { error: job.error } : {}) });
        if (job.status === 'failed' || job.status === 'expired') return;
      }
      this.watched ||= !api.isTerminal(this.state.status as api.Status);
      const { follow } = await import('./follow');
      for await (const event of follow(id, { signal })) this.#apply(event);
      if (this.state.status === 'succeeded') await this.#finish(await api.midi(id));
    } catch (error) {
      if (signal.aborted) return;
      const gone = error instanceof api.Problem && (error.status === 410 || error.status === 404);
      const lost = !(error instanceof api.Problem) || error.status >= 500 || error.status === 429;
      this.#set({
        ...this.state,
        status: gone ? 'gone' : 'failed',
        interrupted: false,
        error: api.explain(error),
        lost,
      });
      // What the service does not know any more will never be finished.
      const entry = gone ? history.find(id) : undefined;
      if (entry && !api.isTerminal(entry.status)) history.change(id, { status: 'expired' });
    }
  }

  async cancel(): Promise<void> {
    await api.cancel(this.state.id);
  }

  close(): void {
    this.#stop.abort();
  }

  #learn(job: api.Generation): void {
    const told = job.request?.start && job.request.start.kind !== 'midi' ? api.withoutNulls(job.request) : undefined;
    const settings = this.state.settings ?? told;
    if (settings && job.seed !== undefined) {
      this.state = {
        ...this.state,
        settings: { ...settings, seed: job.seed, ...(job.model ? { model: job.model } : {}) },
      };
    }
    this.#record({ status: job.status, ...(this.state.settings ? { settings: this.state.settings } : {}) });
  }

  /** Puts the piece on the list when it is met and only changes it from then on, so that a forgotten one stays away. */
  #record(change: Partial<Entry>): void {
    const { id } = this.state;
    if (this.#listed) history.change(id, change);
    else history.add({ ...change, id });
    this.#listed = true;
  }

  #apply(event: JobEvent): void {
    if (event.type === 'notes') {
      const from = append(this.piece, event.chunk);
      this.dispatchEvent(new CustomEvent('notes', { detail: from }));
      return;
    }
    this.#set(reduce(this.state, event));
    if (event.type === 'status') this.#record({ status: event.status });
  }

  async #finish(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const { readMidi } = await import('./midi-file');
    this.bytes = bytes;
    this.piece = readMidi(bytes);
    const end = endOf(this.piece);
    this.#record({
      status: 'succeeded',
      notes: this.piece.notes.length,
      seconds: secondsAt(this.piece.tempos, end),
      thumbnail: thumbnailOf(this.piece, end),
    });
    this.#set({ ...this.state, status: 'succeeded', interrupted: false });
    this.dispatchEvent(new CustomEvent('notes', { detail: 0 }));
    this.dispatchEvent(new Event('ready'));
    await keep(this.state.id, bytes);
  }

  #set(state: SessionState): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}
