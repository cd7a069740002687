package org.partita.trainer.network;

/**
 * One stretch of events for several lanes, as plain arrays in time-major order: the entry of lane
 * {@code b} at step {@code t} is number {@code t * lanes + b}.
 *
 * @param lanes number of lanes B
 * @param steps number of steps T
 * @param token {@code [T, B]} input tokens
 * @param duration {@code [T, B]} duration class plus one of a note, 0 for any other token
 * @param velocity {@code [T, B]} velocity class plus one of a note, 0 for any other token
 * @param features {@code [T, B, F]} features of the history up to and including the input token
 * @param phase {@code [T, B, phaseSize]} musical time of the input token
 * @param fresh {@code [B]} true where a lane begins a new piece, whose state is therefore empty
 */
// Arrays are what libtorch takes; nobody compares segments.
@SuppressWarnings("ArrayRecordComponent")
public record Segment(
        int lanes,
        int steps,
        long[] token,
        long[] duration,
        long[] velocity,
        float[] features,
        float[] phase,
        boolean[] fresh) {}
