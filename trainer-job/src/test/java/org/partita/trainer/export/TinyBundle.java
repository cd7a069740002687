package org.partita.trainer.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.partita.music.event.Durations;
import org.partita.music.event.Features;
import org.partita.music.event.Velocities;
import org.partita.music.event.Vocabulary;
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
}
