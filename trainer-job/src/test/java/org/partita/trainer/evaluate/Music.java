package org.partita.trainer.evaluate;

import java.util.List;
import java.util.SplittableRandom;
import org.partita.music.event.Conditions;
import org.partita.music.event.Durations;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.GridMeter;
import org.partita.music.event.GridPart;
import org.partita.music.event.GridTempo;
import org.partita.music.event.Velocities;
import org.partita.music.event.Vocabulary;
import org.partita.trainer.data.PreparedPiece;

/** Pieces drawn from the legal events. */
final class Music {

    private static final Conditions DUET =
            new Conditions(
                    List.of(GridPart.PIANO, new GridPart("Flute", 73, false)),
                    List.of(GridMeter.COMMON_TIME, new GridMeter(480, 3, 4)),
                    List.of(new GridTempo(0, 500_000), new GridTempo(960, 700_000)),
                    Conditions.UNKNOWN_STYLE);

    private Music() {}

    /** A piece of about so many events, the last of them END. */
    static PreparedPiece random(int events, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        EventContext context = new EventContext(DUET);
        EventSequence.Builder builder = new EventSequence.Builder();
        while (builder.size() < events - 1 || !context.legal(Vocabulary.END)) {
            int token = random.nextInt(Vocabulary.END);
            if (context.legal(token)) {
                boolean pitch = Vocabulary.isPitch(token);
                int duration = pitch ? random.nextInt(Durations.COUNT) : 0;
                int velocity = pitch ? random.nextInt(Velocities.COUNT) : 0;
                context.accept(token, duration, velocity);
                builder.add(token, duration, velocity);
            }
        }
        builder.add(Vocabulary.END, 0, 0);
        PreparedPiece.Source source = new PreparedPiece.Source("random-" + seed, "", "", "", "");
        return new PreparedPiece(source, DUET, builder.build());
    }
}
