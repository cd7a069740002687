import { describe, expect, it } from 'vitest';
import { History, KEPT, thumbnailOf } from '../src/history';
import { emptyPiece, endOf } from '../src/piece';
import { MemoryStorage } from './memory';

describe('History', () => {
  it('keeps the newest twenty, newest first', () => {
    const history = new History(new MemoryStorage());
    for (let i = 0; i < KEPT + 5; i++) history.add({ id: `p${i}` });
    expect(history.all()).toHaveLength(KEPT);
    expect(history.all()[0]!.id).toBe(`p${KEPT + 4}`);
  });

  it('changes a piece in its place', () => {
    const history = new History(new MemoryStorage());
    history.add({ id: 'a', status: 'queued' });
    history.add({ id: 'b', status: 'queued' });
    history.change('a', { status: 'succeeded', notes: 10 });
    expect(history.all().map(({ id, status }) => [id, status])).toEqual([
      ['b', 'queued'],
      ['a', 'succeeded'],
    ]);
  });

  it('does not bring back a piece by changing it', () => {
    const history = new History(new MemoryStorage());
    history.add({ id: 'a' });
    history.remove('a');
    history.change('a', { status: 'succeeded' });
    expect(history.all()).toEqual([]);
  });

  it('does not store uploaded files', () => {
    const storage = new MemoryStorage();
    new History(storage).add({ id: 'a', settings: { start: { kind: 'midi', data: 'x'.repeat(9999) }, length: {} } });
    expect([...storage.items.values()].join('')).not.toContain('xxx');
  });

  it.each(['{', '{}', '[1, null, {"id":7}]', 'null'])('starts anew from spoilt storage %s', (text) => {
    const storage = new MemoryStorage();
    storage.setItem('partita.pieces.1', text);
    expect(new History(storage).all()).toEqual([]);
  });

  it('goes without storage where it is forbidden or full', () => {
    const full = { getItem: () => null, setItem: () => { throw new DOMException('full', 'QuotaExceededError'); } };
    expect(() => new History(full).add({ id: 'a' })).not.toThrow();
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
