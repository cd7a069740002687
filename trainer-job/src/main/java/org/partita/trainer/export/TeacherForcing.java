package org.partita.trainer.export;

import java.util.List;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.Features;
import org.partita.music.event.Vocabulary;
import org.partita.trainer.bundle.SequenceSession;
import org.partita.trainer.data.PreparedPiece;

/** Real music as network inputs, each event following the piece's own, for comparing graphs. */
final class TeacherForcing {

    private TeacherForcing() {}

    /**
     * So many events for each lane; a lane that comes to the end of a piece goes on with the next.
     */
    static SequenceSession.Input of(List<PreparedPiece> pieces, int lanes, int steps) {
        SequenceSession.Input in =
                SequenceSession.Input.blank(lanes, steps, Features.COUNT, Features.PHASES);
        for (int lane = 0; lane < lanes; lane++) {
            int piece = (int) ((long) lane * pieces.size() / lanes);
            for (int filled = 0; filled < steps; piece = (piece + 1) % pieces.size()) {
                filled += fill(in, lane * steps + filled, steps - filled, pieces.get(piece));
            }
        }
        return in;
    }

    private static int fill(SequenceSession.Input in, int firstRow, int most, PreparedPiece piece) {
        EventSequence events = piece.events();
        EventContext context = new EventContext(piece.conditions());
        int count = Math.min(most, events.size());
        for (int i = 0; i < count; i++) {
            int row = firstRow + i;
            in.token()[row] = i == 0 ? Vocabulary.END : events.token(i - 1);
            if (i > 0 && Vocabulary.isPitch(events.token(i - 1))) {
                in.duration()[row] = events.durationClass(i - 1) + 1L;
                in.velocity()[row] = events.velocityClass(i - 1) + 1L;
            }
            if (Vocabulary.isPitch(events.token(i))) {
                in.nextToken()[row] = events.token(i);
                in.nextDuration()[row] = events.durationClass(i);
            }
            context.writeFeatures(in.features(), row * Features.COUNT);
            context.writePhase(in.phase(), row * Features.PHASES);
            context.accept(events.token(i), events.durationClass(i), events.velocityClass(i));
        }
        return count;
    }
}
