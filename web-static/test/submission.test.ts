import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Submission } from '../src/submission';
import type { GenerationRequest } from '../src/api';

const settings: GenerationRequest = { start: { kind: 'random' }, length: { notes: 10 } };
const other: GenerationRequest = { ...settings, length: { notes: 11 } };

let answers: number[];
let keys: string[];
beforeEach(() => {
  answers = [];
  keys = [];
  vi.stubGlobal('fetch', async (_: string, { headers }: { headers: Record<string, string> }) => {
    keys.push(headers['idempotency-key']!);
    const status = answers.shift()!;
    if (!status) throw new TypeError('network');
    return Response.json({ id: 'a', status: 'queued' }, { status });
  });
});
afterEach(() => vi.unstubAllGlobals());

async function tries(...requests: GenerationRequest[]): Promise<boolean> {
  const submission = new Submission();
  for (const request of requests) await submission.send(request).catch(() => undefined);
  return keys[0] === keys[1];
}

const LOST = 0;
it.each([LOST, 409, 429, 500, 503])('is the same request when it is tried again after %d', async (status) => {
  answers = [status, 202];
  expect(await tries(settings, settings)).toBe(true);
});

it.each([400, 413, 422, 202])('is a new request after %d', async (status) => {
  answers = [status, 202];
  expect(await tries(settings, settings)).toBe(false);
});

it('is a new request when anything of it has changed', async () => {
  answers = [503, 202];
  expect(await tries(settings, other)).toBe(false);
});
