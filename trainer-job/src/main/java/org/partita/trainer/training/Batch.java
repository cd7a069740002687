package org.partita.trainer.training;

import org.partita.trainer.network.Segment;

/**
 * One segment for all lanes with what it should predict; entry {@code t * lanes + b} as in {@link
 * Segment}.
 *
 * @param segment the network's input
 * @param illegal {@code [T * B, V]} tokens that cannot come next
 * @param target {@code [T * B]} token that came next
 * @param counted {@code [T * B]} 1 where the target counts, 0 in padding and unlearnt prefixes
 * @param notes {@code [N]} entries whose counted target is a note
 * @param notePitch {@code [N]} its pitch
 * @param noteDuration {@code [N]} its duration class
 * @param noteVelocity {@code [N]} its velocity class
 * @param events number of counted targets
 * @param after where the lanes stand after this batch
 */
// Arrays are what libtorch takes; nobody compares batches.
@SuppressWarnings("ArrayRecordComponent")
record Batch(
        Segment segment,
        boolean[] illegal,
        long[] target,
        float[] counted,
        long[] notes,
        long[] notePitch,
        long[] noteDuration,
        long[] noteVelocity,
        int events,
        LanePositions after) {}
