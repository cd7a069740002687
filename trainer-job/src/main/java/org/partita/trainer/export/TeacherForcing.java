package org.partita.trainer.export;

import java.util.List;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.Features;
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
            in.write(firstRow + i, events, i, context);
            context.accept(events.token(i), events.durationClass(i), events.velocityClass(i));
        }
        return count;
    }
}
