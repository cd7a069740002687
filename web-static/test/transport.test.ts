import { beforeEach, describe, expect, it } from 'vitest';
import { emptyPiece, type Piece } from '../src/piece';
import { Transport, type Instrument } from '../src/transport';

/** An instrument whose clock is turned by hand and that writes down what it is sent. */
class PaperInstrument implements Instrument {
  now = 100;
  sent: { bytes: number[]; time: number }[] = [];
  silenced = 0;
  send(bytes: readonly number[], time: number) {
    this.sent.push({ bytes: [...bytes], time });
  }
  silence() {
    this.silenced++;
  }
  get strikes() {
    return this.sent.filter(({ bytes }) => (bytes[0]! & 0xf0) === 0x90).map(({ bytes, time }) => [bytes[1], time]);
  }
  get kinds() {
    return this.sent.map(({ bytes }) => bytes[0]! & 0xf0);
  }
}

/** One note a second, half a second long, at 120 quarter notes a minute. */
const scale = (count: number, from = 60): Piece => ({
  ...emptyPiece(),
  parts: [{ name: 'Piano', program: 0, percussion: false }],
  notes: Array.from({ length: count }, (_, i) => ({ start: i * 2, length: 1, pitch: from + i, velocity: 80, part: 0 })),
});

let instrument: PaperInstrument;
beforeEach(() => {
  instrument = new PaperInstrument();
});

function run(transport: Transport, seconds: number) {
  for (let i = 0; i < seconds * 20; i++) {
    instrument.now += 0.05;
    transport.tick();
  }
}

describe('Transport', () => {
  it('strikes every note at its time and releases it', () => {
    const transport = new Transport(instrument, scale(3));
    transport.play();
    transport.tick();
    run(transport, 3);
    expect(instrument.strikes).toEqual([
      [60, 100],
      [61, 101],
      [62, 102],
    ]);
    expect(instrument.kinds.filter((kind) => kind === 0x80)).toHaveLength(3);
    expect(transport.playing).toBe(false);
  });

  it('sets the program before the first note', () => {
    const piece = scale(1);
    piece.parts[0]!.program = 40;
    const transport = new Transport(instrument, piece);
    transport.play();
    transport.tick();
    expect(instrument.sent[0]!.bytes).toEqual([0xc0, 40]);
  });

  it('plays twice as fast at double tempo', () => {
    const transport = new Transport(instrument, scale(3));
    transport.rate = 2;
    transport.play();
    run(transport, 2);
    expect(instrument.strikes.map(([, time]) => time)).toEqual([100, 100.5, 101]);
  });

  it('goes on from where it was sought', () => {
    const transport = new Transport(instrument, scale(5));
    transport.seek(3);
    transport.play();
    transport.tick();
    run(transport, 2);
    expect(instrument.strikes.map(([pitch]) => pitch)).toEqual([63, 64]);
  });

  it('starts over when looped', () => {
    const transport = new Transport(instrument, scale(2));
    transport.loop = true;
    transport.play();
    run(transport, 4);
    expect(instrument.strikes.length).toBeGreaterThan(4);
    expect(transport.playing).toBe(true);
  });

  it('leaves muted parts out and plays solo parts alone', () => {
    const piece = scale(4);
    piece.parts.push({ name: 'Flute', program: 73, percussion: false });
    piece.notes.forEach((note, index) => (note.part = index % 2));
    const muted = new Transport(instrument, piece);
    muted.muted.add(0);
    muted.play();
    run(muted, 5);
    expect(instrument.strikes.map(([pitch]) => pitch)).toEqual([61, 63]);

    instrument = new PaperInstrument();
    const alone = new Transport(instrument, piece);
    alone.solo.add(0);
    alone.play();
    run(alone, 5);
    expect(instrument.strikes.map(([pitch]) => pitch)).toEqual([60, 62]);
  });

  it('never puts a melody on the drum channel', () => {
    const piece = scale(12);
    piece.parts = piece.notes.map((_, i) => ({ name: '', program: i, percussion: i === 3 }));
    piece.notes.forEach((note, index) => (note.part = index));
    const transport = new Transport(instrument, piece);
    transport.play();
    run(transport, 13);
    const channels = instrument.sent.filter(({ bytes }) => (bytes[0]! & 0xf0) === 0x90).map(({ bytes }) => bytes[0]! & 15);
    expect(channels).toEqual([0, 1, 2, 9, 3, 4, 5, 6, 7, 8, 10, 11]);
  });

  it('waits at the end of a piece that is still growing, and goes on when notes come', () => {
    const piece = scale(2);
    const transport = new Transport(instrument, piece);
    transport.load(piece, true);
    transport.play();
    transport.tick();
    run(transport, 5);
    expect(transport.waiting).toBe(true);
    expect(transport.position).toBeCloseTo(1);
    piece.notes.push(...scale(5).notes.slice(2));
    transport.load(piece, true);
    expect(transport.waiting).toBe(false);
    run(transport, 1.5);
    expect(instrument.strikes.map(([pitch]) => pitch)).toEqual([60, 61, 62]);
    transport.load(piece, false);
    run(transport, 6);
    expect(instrument.strikes.map(([pitch]) => pitch)).toEqual([60, 61, 62, 63, 64]);
    expect(transport.playing).toBe(false);
  });

  it('strikes no note twice when the finished piece takes the place of the growing one', () => {
    const piece = scale(5);
    const transport = new Transport(instrument, piece);
    transport.load(piece, true);
    transport.play();
    // The second note has been sent ahead and is not struck yet.
    run(transport, 0.9);
    expect(instrument.strikes.map(([pitch]) => pitch)).toEqual([60, 61]);
    transport.load(structuredClone(piece), false);
    run(transport, 6);
    expect(instrument.strikes.map(([pitch]) => pitch)).toEqual([60, 61, 62, 63, 64]);
  });

  it('falls silent at once when paused, and holds its place', () => {
    const transport = new Transport(instrument, scale(10));
    transport.play();
    run(transport, 2.5);
    const before = instrument.silenced;
    transport.pause();
    expect(instrument.silenced).toBe(before + 1);
    instrument.now += 60;
    expect(transport.position).toBeCloseTo(2.5);
  });

  it('brings controllers to where they stand when starting in the middle', () => {
    const piece = scale(4);
    piece.controls = [
      { start: 0, part: 0, bytes: [0xb0, 7, 100] },
      { start: 2, part: 0, bytes: [0xb0, 7, 40] },
      { start: 6, part: 0, bytes: [0xb0, 7, 10] },
    ];
    const transport = new Transport(instrument, piece);
    transport.seek(2);
    transport.play();
    expect(instrument.sent.filter(({ bytes }) => bytes[0] === 0xb0).map(({ bytes }) => bytes[2])).toEqual([40]);
  });
});
