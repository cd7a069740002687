package org.partita.trainer.training;

import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.partita.music.event.EventSequence;
import org.partita.music.event.FrameDistribution;
import org.partita.music.event.Vocabulary;
import org.partita.trainer.data.PreparedPiece;

/** Prepared music. */
final class PreparedRepertoire implements Repertoire {

    private static final int MOST_SILENT_FRAMES = 49;
    private static final int SHORTEST_ENDING = 32;
    private static final int LONGEST_ENDING = 384;
    private static final double KNOWN_ENDING = 0.7;

    private final List<PreparedPiece> prepared;

    /** Those of all pieces, counted when they are first wanted; null if there are none. */
    private @Nullable FrameDistribution frames;

    PreparedRepertoire(List<PreparedPiece> prepared) {
        this.prepared = List.copyOf(prepared);
    }

    /** Whether there is a frame that random starts can draw. */
    boolean hasFrames() {
        return frames() != null;
    }

    @Override
    public EventForm form() {
        return EventForm.SCORE;
    }

    @Override
    public int pieces() {
        return prepared.size();
    }

    @Override
    public Reading varied(int index, TrainingConfig config, RandomGenerator random) {
        PreparedPiece piece = prepared.get(index);
        int shift = 0;
        if (random.nextDouble() < config.transposed()) {
            int[] range = pitchRange(piece.events());
            int lowest = Math.max(LOWEST_SHIFT, -range[0]);
            int highest = Math.min(HIGHEST_SHIFT, Vocabulary.PITCHES - 1 - range[1]);
            shift = random.nextInt(lowest, highest + 1);
        }
        int silence =
                random.nextDouble() < config.silentStart()
                        ? random.nextInt(1, MOST_SILENT_FRAMES + 1)
                        : 0;
        boolean ending = random.nextDouble() < config.endings();
        double known = ending ? KNOWN_ENDING : config.knownEnd();
        boolean knownNotes = random.nextDouble() < known;
        boolean knownTime = random.nextDouble() < known;
        boolean unknownStyle = random.nextDouble() < config.unknownStyle();
        Prelude prelude = Prelude.NONE;
        if (!ending) {
            boolean randomFrames = random.nextDouble() < config.randomStart();
            // After the advance to the bar line no other advance is legal but of a whole note.
            if (randomFrames && !Vocabulary.isAdvance(piece.events().token(0))) {
                prelude =
                        Prelude.randomFrames(
                                Objects.requireNonNull(frames(), "no frame can be drawn"),
                                piece.conditions(),
                                random);
            } else if (silence > 0) {
                prelude = Prelude.silence(silence);
            }
        }
        PieceReader reader =
                new PieceReader(
                        piece,
                        new PieceReader.Variation(
                                shift, prelude, knownNotes, knownTime, unknownStyle),
                        Integer.MAX_VALUE);
        if (ending) {
            int last = random.nextInt(SHORTEST_ENDING, LONGEST_ENDING + 1);
            reader.skipTo(Math.max(0, piece.events().size() - last));
        }
        return reader;
    }

    @Override
    public Reading plain(int index, int mostEvents) {
        return new PieceReader(prepared.get(index), PieceReader.Variation.NONE, mostEvents);
    }

    private @Nullable FrameDistribution frames() {
        if (frames == null) {
            FrameDistribution.Counter counter = new FrameDistribution.Counter();
            prepared.forEach(piece -> counter.add(piece.events()));
            frames = counter.isEmpty() ? null : counter.mostFrequent(Integer.MAX_VALUE);
        }
        return frames;
    }

    private static int[] pitchRange(EventSequence events) {
        int lowest = Vocabulary.PITCHES - 1;
        int highest = 0;
        for (int i = 0; i < events.size(); i++) {
            int token = events.token(i);
            if (Vocabulary.isPitch(token)) {
                lowest = Math.min(lowest, token);
                highest = Math.max(highest, token);
            }
        }
        return new int[] {lowest, highest};
    }
}
