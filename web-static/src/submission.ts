import { Problem, submit, type Generation, type GenerationRequest } from './api';

/** Answers that say something about the request itself: the same again would be refused again. */
const REFUSED = [400, 413, 422];

/** Sends requests; all tries of the same one carry the same key, so that none is composed twice. */
export class Submission {
  #attempt: { body: string; key: string } | undefined;

  /** @throws Problem if the service refuses, Unreachable if it does not answer */
  async send(settings: GenerationRequest): Promise<Generation> {
    const body = JSON.stringify(settings);
    if (this.#attempt?.body !== body) this.#attempt = { body, key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` };
    try {
      const job = await submit(settings, this.#attempt.key);
      this.#attempt = undefined;
      return job;
    } catch (error) {
      if (error instanceof Problem && REFUSED.includes(error.status)) this.#attempt = undefined;
      throw error;
    }
  }
}
