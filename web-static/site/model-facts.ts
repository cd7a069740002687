import { fileURLToPath } from 'node:url';

export const manifestFile = fileURLToPath(
  new URL('../../generator-worker/models/piano/manifest.json', import.meta.url),
);

/** Where the numbers of the model go: asked from the running service, so that they are those of the model that composes. */
export function modelFacts(): string {
  return '<model-facts><p class="hint">The numbers of the model come from the running service, and need JavaScript to be shown here; they are also at <a href="/v1/models">/v1/models</a>.</p></model-facts>';
}
