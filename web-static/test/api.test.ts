import { describe, expect, it } from 'vitest';
import { explain, Problem, request, Unreachable } from '../src/api';

const answering = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (async () =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/problem+json', ...headers },
    })) as unknown as typeof fetch;

async function refusal(fetcher: typeof fetch): Promise<unknown> {
  return request('/v1/generations', {}, fetcher).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a refusal', () => {
  it('is told in the service’s own words, field by field', async () => {
    const error = await refusal(
      answering(400, {
        title: 'Invalid request',
        errors: [{ pointer: '/start/pitch', detail: 'pitch out of range 0..127: 200' }],
      }),
    );
    expect(error).toBeInstanceOf(Problem);
    expect(explain(error)).toBe('Pitch out of range 0..127: 200.');
  });

  it('says when to try again', async () => {
    const error = await refusal(answering(503, { title: 'Busy', detail: 'The queue is full' }, { 'retry-after': '7' }));
    expect(explain(error)).toBe('The queue is full. Try again in 7 s.');
  });

  it('is understood even when its body is not', async () => {
    expect(explain(await refusal(answering(500, '<html>')))).toBe('The service answered 500.');
  });

  it('is not confused with an absent service', async () => {
    const error = await refusal((() => Promise.reject(new TypeError('failed'))) as unknown as typeof fetch);
    expect(error).toBeInstanceOf(Unreachable);
  });
});
