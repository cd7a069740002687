/** The last twenty pieces, kept in this browser only. */
import type { GenerationRequest, Status } from './api';
import type { Piece } from './piece';

/** Start and length in thousandths of the piece, pitch: enough to draw a small roll. */
export type Thumbnail = [start: number, length: number, pitch: number][];

export interface Entry {
  id: string;
  createdAt: number;
  status: Status;
  settings?: GenerationRequest;
  notes?: number;
  seconds?: number;
  thumbnail?: Thumbnail;
}

const KEY = 'partita.pieces.1';
export const KEPT = 20;
const THUMBNAIL_NOTES = 120;

export class History {
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem'> | undefined) {}

  /** Newest first. */
  all(): Entry[] {
    try {
      const entries: unknown = JSON.parse(this.storage?.getItem(KEY) ?? '[]');
      return Array.isArray(entries) ? entries.filter(isEntry).slice(0, KEPT) : [];
    } catch {
      return [];
    }
  }

  find(id: string): Entry | undefined {
    return this.all().find((entry) => entry.id === id);
  }

  /** Puts a piece in front. */
  add(entry: Partial<Entry> & { id: string }): void {
    const others = this.all().filter(({ id }) => id !== entry.id);
    this.#write([{ createdAt: Date.now(), status: 'queued' as const, ...entry }, ...others].slice(0, KEPT));
  }

  /** Changes a piece in its place; one that is not there stays away. */
  change(id: string, change: Partial<Omit<Entry, 'id'>>): void {
    this.#write(this.all().map((entry) => (entry.id === id ? { ...entry, ...change } : entry)));
  }

  remove(id: string): void {
    this.#write(this.all().filter((entry) => entry.id !== id));
  }

  #write(entries: Entry[]): void {
    // Prompt files are large and would crowd out everything else.
    const light = entries.map((entry) => {
      if (entry.settings?.start.kind !== 'midi') return entry;
      const { settings: _, ...rest } = entry;
      return rest;
    });
    try {
      this.storage?.setItem(KEY, JSON.stringify(light));
    } catch {
      // Full or forbidden storage costs the history, never the piece.
    }
    globalThis.dispatchEvent?.(new Event('partita-history'));
  }
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && typeof (value as Entry).id === 'string';
}

/** A picture of the piece small enough to keep: at most a hundred and twenty notes, evenly chosen. */
export function thumbnailOf(piece: Piece, end: number): Thumbnail {
  const stride = Math.max(1, Math.ceil(piece.notes.length / THUMBNAIL_NOTES));
  const scale = 1000 / Math.max(end, 1e-9);
  return piece.notes
    .filter((_, index) => index % stride === 0)
    .map(({ start, length, pitch }) => [Math.round(start * scale), Math.max(4, Math.round(length * scale)), pitch]);
}

let local: Storage | undefined;
try {
  local = globalThis.localStorage;
} catch {
  local = undefined;
}
export const history = new History(local);
