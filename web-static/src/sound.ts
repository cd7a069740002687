/**
 * The sampled sound: a SoundFont synthesizer in an audio worklet with a General MIDI bank. Loaded
 * on the first click that wants to hear something.
 */
import bankUrl from '@coderline/alphatab/soundfont/sonivox.sf3?url';
import processorUrl from 'spessasynth_lib/dist/spessasynth_processor.min.js?url';
import { audioBufferToWav, WorkletSynthesizer } from 'spessasynth_lib';
import { BasicMIDI } from 'spessasynth_core';
import { SoundError } from './audio';
import { spokenLength } from './piece';
import type { Instrument } from './transport';

let bank: Promise<ArrayBuffer> | undefined;

/** The bank's bytes; a failed download is tried again next time. */
function loadBank(): Promise<ArrayBuffer> {
  bank ??= fetch(bankUrl)
    .then((response) => {
      if (!response.ok) throw new Error(`The sound bank could not be loaded (${response.status}).`);
      return response.arrayBuffer();
    })
    .catch((error: unknown) => {
      bank = undefined;
      throw error;
    });
  return bank;
}

/** The samples are compressed; decoding them before the first note keeps its beginning clean. */
const SETTLE_MILLISECONDS = 150;
/** What was silenced is heard no more after this. */
const FADE_MILLISECONDS = 500;

/** Puts the synthesizer's processor into a context; returns a bank of its own for it. */
async function equip(context: BaseAudioContext): Promise<ArrayBuffer> {
  // Browsers leave worklets out where others could have changed the page on its way.
  if (!context.audioWorklet) throw new SoundError('Sound needs a secure connection: open this site by https, or on localhost.');
  const [bytes] = await Promise.all([loadBank(), context.audioWorklet.addModule(processorUrl)]);
  return bytes.slice(0);
}

export class Sound implements Instrument {
  readonly #context: AudioContext;
  readonly #synth: WorkletSynthesizer;
  readonly #gain: GainNode;
  readonly #analyser: AnalyserNode;
  #loudness = 1;
  #silenced = false;
  #resting: ReturnType<typeof setTimeout> | undefined;

  private constructor(context: AudioContext, synth: WorkletSynthesizer) {
    this.#context = context;
    this.#synth = synth;
    this.#gain = new GainNode(context);
    this.#analyser = new AnalyserNode(context, { fftSize: 2048 });
    synth.connect(this.#gain);
    this.#gain.connect(this.#analyser).connect(context.destination);
  }

  static async open(context: AudioContext): Promise<Sound> {
    const bytes = await equip(context);
    const synth = new WorkletSynthesizer(context);
    await synth.soundBankManager.addSoundBank(bytes, 'general-midi');
    await synth.isReady;
    await context.resume();
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MILLISECONDS));
    return new Sound(context, synth);
  }

  get now(): number {
    return this.#context.currentTime;
  }

  /** 0..1. */
  set volume(volume: number) {
    // Loudness is heard on a curve; the square is close to it.
    this.#loudness = volume * volume;
    if (!this.#silenced) this.#gain.gain.setTargetAtTime(this.#loudness, this.#context.currentTime, 0.02);
  }

  /** Peak of the signal that goes to the loudspeaker at this moment, 0..1. */
  level(): number {
    const samples = new Float32Array(this.#analyser.fftSize);
    this.#analyser.getFloatTimeDomainData(samples);
    return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  }

  send(bytes: readonly number[], time: number): void {
    if (this.#silenced && (bytes[0]! & 0xf0) === 0x90) {
      this.#silenced = false;
      this.#gain.gain.cancelScheduledValues(0);
      this.#gain.gain.setTargetAtTime(this.#loudness, Math.max(this.#context.currentTime, time - 0.02), 0.004);
    }
    this.#synth.sendMessage(bytes, 0, { time: Math.max(time, this.#context.currentTime) });
  }

  silence(): void {
    this.#synth.stopAll(false);
    for (let channel = 0; channel < 16; channel++) this.#synth.controllerChange(channel, 64, 0);
    // Covers what is still on its way to the synthesizer.
    this.#gain.gain.cancelScheduledValues(0);
    this.#gain.gain.setTargetAtTime(0, this.#context.currentTime, 0.03);
    this.#silenced = true;
  }

  /** Strikes one key, as on a keyboard. */
  strike(pitch: number, program = 0, seconds = 0.9): void {
    const start = this.now + 0.02;
    this.send([0xc0, program], start);
    this.send([0x90, pitch, 88], start);
    this.send([0x80, pitch, 0], start + seconds);
  }

  /** Lets the loudspeaker rest once what was silenced has died away. */
  suspend(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => void this.#context.suspend(), FADE_MILLISECONDS);
  }

  async resume(): Promise<void> {
    clearTimeout(this.#resting);
    await this.#context.resume();
  }
}

const WAV_RATE = 44_100;
const TAIL_SECONDS = 2;
/** Ten minutes take about 320 MB while they are rendered; a phone gives a page hardly more. */
const WAV_SECONDS = 600;

/**
 * Renders a MIDI file to 16-bit stereo WAV, faster than it would play.
 *
 * @throws SoundError if it is too long to be held in memory
 */
export async function renderWav(file: Uint8Array<ArrayBuffer>): Promise<Blob> {
  const midi = BasicMIDI.fromArrayBuffer(file.slice().buffer);
  if (midi.duration > WAV_SECONDS) {
    throw new SoundError(`A WAV file holds up to ${spokenLength(WAV_SECONDS)}, and this piece is longer. The MIDI file has all of it.`);
  }
  const length = Math.ceil((midi.duration + TAIL_SECONDS) * WAV_RATE);
  const context = new OfflineAudioContext({ numberOfChannels: 2, length, sampleRate: WAV_RATE });
  const bytes = await equip(context);
  const synth = new WorkletSynthesizer(context);
  synth.connect(context.destination);
  await synth.startOfflineRender({
    midiSequence: midi,
    loopCount: 0,
    soundBankList: [{ bankOffset: 0, soundBankBuffer: bytes }],
    sequencerOptions: { skipToFirstNoteOn: false, initialPlaybackRate: 1 },
  });
  return audioBufferToWav(await context.startRendering());
}
