/** Reads and writes Standard MIDI Files; loaded when the first file arrives. */
import { parseMidi, writeMidi, type MidiData, type MidiEvent } from 'midi-file';
import { withoutNulls, type GenerationRequest } from './api';
import { emptyPiece, type ControlMessage, type Part, type Piece, type PieceNote } from './piece';
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
        case 'trackName':
          name = event.text.replace(/[^\p{L}\p{N}\p{P}\p{Z}]/gu, '').trim().slice(0, 40);
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
    return parseMidi(bytes);
  } catch {
    throw new MidiFileError('This MIDI file is damaged and cannot be read.');
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
      const channel = part.percussion ? 9 : index % 15 >= 9 ? (index % 15) + 1 : index % 15;
      const notes = piece.notes.filter((note) => note.part === index);
      return deltas([
        { at: 0, event: { type: 'trackName', meta: true, text: part.name } },
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
    if (event.type !== 'text' || !event.text.startsWith('{"partita":1,')) continue;
    try {
      const { request } = JSON.parse(event.text) as { request?: GenerationRequest };
      if (request?.start && request.length) return withoutNulls(request);
    } catch {
      // Cut off or changed on the way; the music can still be played.
    }
  }
  return undefined;
}
