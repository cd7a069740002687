package org.partita.music.midi;

import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;

/** Well-formed MIDI files of random events of every kind, many of them colliding. */
final class RandomMidi {

    private RandomMidi() {}

    static byte[] file(SplittableRandom random) {
        int format = random.nextInt(2);
        byte[][] tracks = new byte[format == 0 ? 1 : 1 + random.nextInt(4)][];
        for (int index = 0; index < tracks.length; index++) {
            tracks[index] = RawMidi.chunk("MTrk", events(random));
        }
        int division = random.nextInt(10) == 0 ? 0xE728 : 1 + random.nextInt(960);
        return RawMidi.file(format, division, tracks);
    }

    private static byte[] events(SplittableRandom random) {
        var out = new ByteArrayOutputStream();
        int count = random.nextInt(120);
        int status = 0;
        for (int index = 0; index < count; index++) {
            out.write(random.nextInt(3) == 0 ? random.nextInt(100) : 0);
            int channel = random.nextInt(3) == 0 ? 9 : random.nextInt(3);
            switch (random.nextInt(10)) {
                case 0 -> out.writeBytes(RawMidi.hex("FF 51 03 07 A1 20"));
                case 1 -> out.writeBytes(RawMidi.hex("FF 58 04 06 03 18 08"));
                case 2 -> out.writeBytes(RawMidi.hex("FF 01 03 C3 A4 FF"));
                case 3 -> out.writeBytes(RawMidi.hex("F0 03 7E 7F F7"));
                case 4 -> {
                    status = 0xC0 | channel;
                    out.write(status);
                    out.write(random.nextInt(128));
                }
                case 5 -> {
                    int[] controllers = {64, 64, 64, 7, 120, 121, 123};
                    status = 0xB0 | channel;
                    out.write(status);
                    out.write(controllers[random.nextInt(controllers.length)]);
                    out.write(random.nextInt(128));
                }
                default -> {
                    int next = (random.nextInt(3) == 0 ? 0x80 : 0x90) | channel;
                    if (next != status || random.nextBoolean()) {
                        out.write(next);
                    }
                    status = next;
                    out.write(60 + random.nextInt(3));
                    out.write(random.nextInt(4) == 0 ? 0 : random.nextInt(128));
                }
            }
        }
        if (random.nextInt(5) > 0) {
            out.writeBytes(RawMidi.hex("20 FF 2F 00"));
        }
        return out.toByteArray();
    }
}
