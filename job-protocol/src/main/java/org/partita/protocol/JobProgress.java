package org.partita.protocol;

import org.jspecify.annotations.Nullable;

/**
 * How far a lane is with its job.
 *
 * @param fence of the lane's claim
 * @param notes composed since the last call; {@code null} if there are none
 */
public record JobProgress(JobId id, Fence fence, Progress progress, @Nullable NotesChunk notes) {}
