import { expect, it } from 'vitest';
import { ordinal, percent, reduce, spoken, words, type SessionState } from '../src/session';
import type { JobEvent } from '../src/follow';

const queued: SessionState = { id: 'x', status: 'queued', done: 0, total: 0, interrupted: false };
const after = (...events: JobEvent[]) => events.reduce(reduce, queued);

it('says where the job stands, in words', () => {
  expect(words(after({ type: 'position', position: 2, etaSeconds: 3.7 }), 0)).toBe('Queued, 3rd in line, about 4 s');
  expect(words(after({ type: 'position', position: 0 }), 0)).toBe('Queued, next in line');
  const running = after({ type: 'status', status: 'running' }, { type: 'progress', done: 43, total: 100 });
  expect(words(running, 40)).toBe('Composing 43 %');
  expect(words(after({ type: 'status', status: 'succeeded' }), 100)).toBe('Ready');
});

it('reads out neither seconds nor single percents', () => {
  const [early, late] = [3.7, 1.2].map((etaSeconds) => after({ type: 'position', position: 2, etaSeconds }));
  expect(spoken(early!, 0)).toBe('Queued, 3rd in line');
  expect(spoken(late!, 0)).toBe('Queued, 3rd in line');
  const running = after({ type: 'status', status: 'running' }, { type: 'progress', done: 43, total: 100 });
  expect(spoken(running, 40)).toBe('Composing, 25 percent');
  expect(spoken({ ...early!, interrupted: true }, 0)).toBe('Connection lost; trying to get back');
});

it('never shows a hundred percent before it is', () => {
  expect(percent({ done: 999, total: 1000 })).toBe(99);
  expect(percent({ done: 0, total: 0 })).toBe(0);
});

it('begins again when the job goes back into the queue', () => {
  const state = after(
    { type: 'status', status: 'running' },
    { type: 'progress', done: 5, total: 10 },
    { type: 'status', status: 'queued' },
  );
  expect([state.status, state.done]).toEqual(['queued', 0]);
});

it('keeps the reason of a failure', () => {
  expect(after({ type: 'status', status: 'failed', error: { detail: 'gave up' } }).error).toBe('gave up');
});

it('counts as people do', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal)).toEqual(
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '102nd', '111th'],
  );
});
