package org.partita.trainer.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.partita.music.event.Durations;
import org.partita.music.event.Features;
import org.partita.music.event.Velocities;
import org.partita.music.event.Vocabulary;
import org.partita.trainer.bundle.SequenceSession;
import org.partita.trainer.network.Network;
import org.partita.trainer.network.NetworkConfig;

/** Graphs of an untrained, very small network over the real event vocabulary. */
public final class TinyBundle {

    /** Two GRU layers of 16 units, attention over 40 events. */
    public static final NetworkConfig CONFIG =
            new NetworkConfig(
                    Vocabulary.SIZE,
                    Durations.COUNT,
                    Velocities.COUNT,
                    Features.COUNT,
                    16,
                    2,
                    2,
                    8,
                    Features.PHASES,
                    8,
                    40,
                    12,
                    9);

    private TinyBundle() {}

    public static void write(Path directory) throws IOException {
        new NetworkGraphs(CONFIG, Network.initial(CONFIG, 7), Map.of()).write(directory);
    }

    /** Random events, for networks of any shape. */
    static SequenceSession.Input randomEvents(
            NetworkConfig config, int lanes, RandomGenerator random) {
        int steps = Parity.steps(config);
        SequenceSession.Input in =
                SequenceSession.Input.blank(lanes, steps, config.features(), config.phaseSize());
        for (int i = 0; i < lanes * steps; i++) {
            boolean pitch = random.nextInt(3) > 0;
            in.token()[i] =
                    pitch
                            ? random.nextInt(NetworkConfig.PITCHES)
                            : random.nextInt(NetworkConfig.PITCHES, config.vocabulary());
            in.duration()[i] = pitch ? 1 + random.nextInt(config.durations()) : 0;
            in.velocity()[i] = pitch ? 1 + random.nextInt(config.velocities()) : 0;
            in.nextToken()[i] = random.nextInt(NetworkConfig.PITCHES);
            in.nextDuration()[i] = random.nextInt(config.durations());
        }
        // As sparse as a real piano roll.
        for (int i = 0; i < in.features().length; i++) {
            in.features()[i] = random.nextInt(20) == 0 ? 1f : 0f;
        }
        int half = config.phaseSize() / 2;
        for (int row = 0; row < lanes * steps; row++) {
            for (int i = 0; i < half; i++) {
                double angle = random.nextDouble(2 * Math.PI);
                in.phase()[row * 2 * half + i] = (float) Math.cos(angle);
                in.phase()[row * 2 * half + half + i] = (float) Math.sin(angle);
            }
        }
        return in;
    }
}
