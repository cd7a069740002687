/** The way to the sound, which is fetched when something is to be heard for the first time. */
import type { Sound } from './sound';

/** Why there is no sound, in one sentence. */
export class SoundError extends Error {}

let opened: { context: AudioContext; sound: Promise<Sound> } | undefined;

/**
 * The page's one synthesizer, made on first use. To be called within the click that wants to hear
 * something: some browsers start audio only there, so the context cannot wait for what is fetched.
 */
export async function openSound(): Promise<Sound> {
  if (!opened) {
    const context = new AudioContext({ latencyHint: 'playback' });
    const sound = import('./sound')
      .then(({ Sound }) => Sound.open(context))
      .catch((error: unknown) => {
        opened = undefined;
        void context.close();
        throw error;
      });
    opened = { context, sound };
  }
  opened.context.resume().catch(() => undefined);
  const sound = await opened.sound;
  await sound.resume();
  return sound;
}

/** What to tell whoever wanted to hear something. */
export const whySilent = (error: unknown) =>
  error instanceof SoundError ? error.message : 'The sound could not be loaded. Check the connection and try again.';
