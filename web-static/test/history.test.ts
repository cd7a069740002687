import { describe, expect, it } from 'vitest';
import { History, KEPT, thumbnailOf } from '../src/history';
import { emptyPiece, endOf } from '../src/piece';

class MemoryStorage {
  readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
}

describe('History', () => {
  it('keeps the newest twenty, newest first', () => {
    const history = new History(new MemoryStorage());
    for (let i = 0; i < KEPT + 5; i++) history.put({ id: `p${i}` });
    expect(history.all()).toHaveLength(KEPT);
    expect(history.all()[0]!.id).toBe(`p${KEPT + 4}`);
  });

  it('changes a piece in its place', () => {
    const history = new History(new MemoryStorage());
    history.put({ id: 'a', status: 'queued' });
    history.put({ id: 'b', status: 'queued' });
    history.put({ id: 'a', status: 'succeeded', notes: 10 });
    expect(history.all().map(({ id, status }) => [id, status])).toEqual([
      ['b', 'queued'],
      ['a', 'succeeded'],
    ]);
  });

  it('does not store uploaded files', () => {
    const storage = new MemoryStorage();
    new History(storage).put({ id: 'a', settings: { start: { kind: 'midi', data: 'x'.repeat(9999) }, length: {} } });
    expect([...storage.items.values()].join('')).not.toContain('xxx');
  });

  it.each(['{', '{}', '[1, null, {"id":7}]', 'null'])('starts anew from spoilt storage %s', (text) => {
    const storage = new MemoryStorage();
    storage.setItem('partita.pieces.1', text);
    expect(new History(storage).all()).toEqual([]);
  });

  it('goes without storage where it is forbidden or full', () => {
    const full = { getItem: () => null, setItem: () => { throw new DOMException('full', 'QuotaExceededError'); } };
    expect(() => new History(full).put({ id: 'a' })).not.toThrow();
    expect(new History(undefined).all()).toEqual([]);
  });
});

it('draws a thumbnail of bounded size', () => {
  const piece = emptyPiece();
  for (let i = 0; i < 5000; i++) piece.notes.push({ start: i, length: 1, pitch: 60, velocity: 64, part: 0 });
  const thumbnail = thumbnailOf(piece, endOf(piece));
  expect(thumbnail.length).toBeLessThanOrEqual(120);
  expect(thumbnail.at(-1)![0]).toBeLessThanOrEqual(1000);
});
