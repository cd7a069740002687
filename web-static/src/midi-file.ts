/** Reads and writes Standard MIDI Files; loaded when the first file arrives. */
import { parseMidi, writeMidi, type MidiData, type MidiEvent } from 'midi-file';
import { withoutNulls, type GenerationRequest } from './api';
import { channelOf, emptyPiece, type ControlMessage, type Part, type Piece, type PieceNote } from './piece';
import { instrumentName } from './general-midi';

/** A file that cannot be read, in one sentence. */
export class MidiFileError extends Error {}

/** @throws MidiFileError if the bytes are no Standard MIDI File with notes */
export function readMidi(bytes: Uint8Array): Piece {
  const data = parse(bytes);
  const perQuarter = data.header.ticksPerBeat;
  if (!perQuarter) throw new MidiFileError('This file counts time in film frames, which is not supported here.');
  const piece: Piece = { ...emptyPiece(), tempos: [], meters: [] };
  const parts = new Map<string, number>();

  data.tracks.forEach((track, trackIndex) => {
    let ticks = 0;
    let name = '';
    const sounding = new Map<number, PieceNote[]>();
    const programs = new Map<number, number>();
    const partOf = (channel: number): number => {
      const key = `${trackIndex}/${channel}`;
      let index = parts.get(key);
      if (index === undefined) {
        index = piece.parts.length;
        parts.set(key, index);
        const program = programs.get(channel) ?? 0;
        const percussion = channel === 9;
        const part: Part = { name: name || instrumentName(program, percussion), program, percussion };
        piece.parts.push(part);
      }
      return index;
    };
    for (const event of track) {
      ticks += event.deltaTime;
      const start = ticks / perQuarter;
      switch (event.type) {
        case 'unknownMeta':
          if (event.metatypeByte === (AS_BYTES | TRACK_NAME)) {
            name = decode(event.data).replace(/[^\p{L}\p{N}\p{P}\p{Z}]/gu, '').trim().slice(0, 40);
          }
          break;
        case 'setTempo':
          if (event.microsecondsPerBeat > 0) {
            piece.tempos.push({ start, bpm: 60_000_000 / event.microsecondsPerBeat });
          }
          break;
        case 'timeSignature':
          piece.meters.push({ start, beats: event.numerator || 4, unit: event.denominator || 4 });
          break;
        case 'noteOn': {
          const note: PieceNote = {
            start,
            length: 0,
            pitch: event.noteNumber,
            velocity: event.velocity,
            part: partOf(event.channel),
          };
          piece.notes.push(note);
          const key = event.channel * 128 + event.noteNumber;
          sounding.set(key, [...(sounding.get(key) ?? []), note]);
          break;
        }
        case 'noteOff': {
          const note = sounding.get(event.channel * 128 + event.noteNumber)?.shift();
          if (note) note.length = start - note.start;
          break;
        }
        default: {
          if (event.type === 'programChange') programs.set(event.channel, event.programNumber);
          const bytes = controlBytes(event);
          if (bytes && 'channel' in event) {
            const control: ControlMessage = { start, part: partOf(event.channel), bytes };
            piece.controls.push(control);
            if (event.type === 'programChange') {
              const part = piece.parts[control.part]!;
              if (!piece.notes.some((note) => note.part === control.part)) {
                part.program = event.programNumber;
                if (!name) part.name = instrumentName(part.program, part.percussion);
              }
            }
          }
        }
      }
    }
    // Notes never released last to the end of their track.
    for (const notes of sounding.values()) {
      for (const note of notes) note.length = Math.max(0.25, ticks / perQuarter - note.start);
    }
  });

  if (!piece.notes.length) throw new MidiFileError('This MIDI file holds no notes.');
  piece.notes.sort((a, b) => a.start - b.start || b.pitch - a.pitch);
  piece.controls.sort((a, b) => a.start - b.start);
  piece.tempos.sort((a, b) => a.start - b.start);
  piece.meters.sort((a, b) => a.start - b.start);
  if (!piece.tempos.length || piece.tempos[0]!.start > 0) piece.tempos.unshift({ start: 0, bpm: 120 });
  if (!piece.meters.length || piece.meters[0]!.start > 0) piece.meters.unshift({ start: 0, beats: 4, unit: 4 });
  return withoutSilentParts(piece);
}

function parse(bytes: Uint8Array): MidiData {
  if (bytes.length < 14 || String.fromCharCode(...bytes.subarray(0, 4)) !== 'MThd') {
    throw new MidiFileError('This is not a MIDI file.');
  }
  try {
    return parseMidi(withTextsAsBytes(bytes));
  } catch {
    throw new MidiFileError('This MIDI file is damaged and cannot be read.');
  }
}

const TRACK = 0x4d54726b; // MTrk
/** Types of the meta events that carry a text: 0x01..0x07. */
const TEXT = 0x01;
const TRACK_NAME = 0x03;
const LAST_TEXT = 0x07;
/** Added to the type of a text event, makes one that no standard uses. */
const AS_BYTES = 0x70;

/**
 * A copy whose text events have types the library does not know, so that it hands over their bytes:
 * its own reading takes them for Latin-1, and a text of a hundred kilobytes overflows its stack.
 */
function withTextsAsBytes(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes);
  const view = new DataView(copy.buffer);
  let at = 0;
  const number = () => {
    for (let value = 0; ; ) {
      const byte = copy[at++] ?? 0;
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  };
  const skip = () => {
    const length = number();
    at += length;
  };
  for (let chunk = 0, end; chunk + 8 <= copy.length; chunk = end) {
    at = chunk + 8;
    end = at + view.getUint32(chunk + 4);
    if (view.getUint32(chunk) !== TRACK) continue;
    for (let running = 0; at < end; ) {
      number();
      const status = copy[at++] ?? 0;
      if (status === 0xff) {
        const type = copy[at]!;
        if (type >= TEXT && type <= LAST_TEXT) copy[at] = type | AS_BYTES;
        at++;
        skip();
      } else if (status >= 0xf0) {
        skip();
      } else {
        if (status >= 0x80) {
          running = status;
          at++;
        }
        // Programs and channel pressure have one byte, the others a second one.
        if ((running & 0xe0) !== 0xc0) at++;
      }
    }
  }
  return copy;
}

/** UTF-8, as this service writes it; what is not valid as such is Latin-1, as many older files have it. */
function decode(bytes: ArrayLike<number>): string {
  const data = Uint8Array.from(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return new TextDecoder('latin1').decode(data);
  }
}

function controlBytes(event: MidiEvent): number[] | undefined {
  switch (event.type) {
    case 'programChange':
      return [0xc0, event.programNumber];
    case 'controller':
      return [0xb0, event.controllerType, event.value];
    case 'pitchBend': {
      const value = event.value + 8192;
      return [0xe0, value & 127, value >> 7];
    }
    case 'channelAftertouch':
      return [0xd0, event.amount];
    default:
      return undefined;
  }
}

function withoutSilentParts(piece: Piece): Piece {
  const heard = new Set(piece.notes.map((note) => note.part));
  const renumbered = new Map([...heard].sort((a, b) => a - b).map((part, index) => [part, index]));
  const move = <T extends { part: number }>(item: T): T => ({ ...item, part: renumbered.get(item.part)! });
  return {
    ...piece,
    parts: piece.parts.filter((_, index) => heard.has(index)),
    notes: piece.notes.map(move),
    controls: piece.controls.filter((control) => heard.has(control.part)).map(move),
  };
}

/** Writes what is there of a piece; for saving one that was canceled half-way. */
export function writePiece(piece: Piece): Uint8Array<ArrayBuffer> {
  const perQuarter = 480;
  const tick = (quarter: number) => Math.round(quarter * perQuarter);
  const tracks = [
    deltas([
      ...piece.tempos.map(({ start, bpm }) => ({
        at: tick(start),
        event: { type: 'setTempo', meta: true, microsecondsPerBeat: Math.round(60_000_000 / bpm) },
      })),
      ...piece.meters.map(({ start, beats, unit }) => ({
        at: tick(start),
        event: { type: 'timeSignature', meta: true, numerator: beats, denominator: unit, metronome: 24, thirtyseconds: 8 },
      })),
    ]),
    ...piece.parts.map((part, index) => {
      const channel = channelOf(piece.parts, index);
      const notes = piece.notes.filter((note) => note.part === index);
      return deltas([
        // The library would write the name as Latin-1.
        { at: 0, event: { type: 'unknownMeta', meta: true, metatypeByte: TRACK_NAME, data: new TextEncoder().encode(part.name) } },
        { at: 0, event: { type: 'programChange', channel, programNumber: part.program } },
        ...notes.map((note) => ({
          at: tick(note.start),
          event: { type: 'noteOn', channel, noteNumber: note.pitch, velocity: note.velocity },
        })),
        ...notes.map((note) => ({
          at: tick(note.start + note.length),
          event: { type: 'noteOff', channel, noteNumber: note.pitch, velocity: 0 },
        })),
      ]);
    }),
  ];
  return new Uint8Array(
    writeMidi({ header: { format: 1, numTracks: tracks.length, ticksPerBeat: perQuarter }, tracks }),
  );
}

function deltas(events: { at: number; event: object }[]): MidiEvent[] {
  let last = 0;
  const off = (event: object) => ((event as { type: string }).type === 'noteOff' ? 0 : 1);
  const track = events
    .sort((a, b) => a.at - b.at || off(a.event) - off(b.event))
    .map(({ at, event }) => {
      const deltaTime = at - last;
      last = at;
      return { deltaTime, ...event } as MidiEvent;
    });
  return [...track, { deltaTime: 0, type: 'endOfTrack', meta: true } as MidiEvent];
}

/** The request a piece of ours carries in a text event, with its seed; `undefined` in any other file. */
export function provenance(bytes: Uint8Array): GenerationRequest | undefined {
  for (const event of parse(bytes).tracks.flat()) {
    if (event.type !== 'unknownMeta' || event.metatypeByte !== (AS_BYTES | TEXT)) continue;
    const text = decode(event.data);
    if (!text.startsWith('{"partita":1,')) continue;
    try {
      const { request } = JSON.parse(text) as { request?: GenerationRequest };
      if (request?.start && request.length) return withoutNulls(request);
    } catch {
      // Cut off or changed on the way; the music can still be played.
    }
  }
  return undefined;
}
