package org.partita.protocol;

import java.util.List;

/**
 * What a worker says of itself.
 *
 * @param worker a name that no other running worker has
 * @param lanes jobs it can compose at the same time
 * @param provider what runs its models, e.g. {@code CPU (AVX512)}
 * @param models the bundles it has loaded
 */
public record WorkerStatus(
        String worker, int lanes, String provider, List<ModelDescription> models) {

    public WorkerStatus {
        models = List.copyOf(models);
        if (worker.isBlank() || worker.length() > 128) {
            throw new IllegalArgumentException("worker must have a name of 1..128 characters");
        }
        if (lanes < 1) {
            throw new IllegalArgumentException("lanes must be at least 1: " + lanes);
        }
    }
}
