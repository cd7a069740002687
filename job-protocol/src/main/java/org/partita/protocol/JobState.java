package org.partita.protocol;

import java.time.Instant;

/**
 * Where a job is in its life. The methods are the only transitions; the Redis scripts allow exactly
 * the same ones.
 *
 * <pre>
 * queued  → running | failed | canceled | expired
 * running → running (taken over) | queued (given back) | succeeded | failed | canceled
 * </pre>
 */
public sealed interface JobState {

    /** A job may be taken up this often; whoever claims it next buries it as poison. */
    int MAX_ATTEMPTS = 3;

    /** The JSON value of {@code status}. */
    String status();

    /** Waiting for a free lane. */
    record Queued() implements JobState {

        public Running toRunning(Fence fence) {
            return new Running(fence);
        }

        /** Taken up too often without ever finishing. */
        public Failed toFailed(JobError error, Instant at) {
            return new Failed(error, at);
        }

        public Canceled toCanceled(Instant at) {
            return new Canceled(at);
        }

        /** The deadline passed before anyone took it up. */
        public Expired toExpired(Instant at) {
            return new Expired(at);
        }

        @Override
        public String status() {
            return "queued";
        }
    }

    /**
     * Being composed.
     *
     * @param fence of the claim that holds it
     */
    record Running(Fence fence) implements JobState {

        /**
         * Taken over: the queue delivered the job again because its holder vanished.
         *
         * @throws IllegalArgumentException unless the fence is higher than the current one
         */
        public Running toRunning(Fence next) {
            if (next.compareTo(fence) <= 0) {
                throw new IllegalArgumentException(
                        "fence must rise above " + fence.value() + ": " + next.value());
            }
            return new Running(next);
        }

        /** Given back by a worker that stops. */
        public Queued toQueued() {
            return new Queued();
        }

        public Succeeded toSucceeded(GenerationResult result, Instant at) {
            return new Succeeded(result, at);
        }

        public Failed toFailed(JobError error, Instant at) {
            return new Failed(error, at);
        }

        public Canceled toCanceled(Instant at) {
            return new Canceled(at);
        }

        @Override
        public String status() {
            return "running";
        }
    }

    /** A state that nothing leaves. */
    sealed interface Terminal extends JobState {

        /** When it was reached; the time to live counts from here. */
        Instant at();
    }

    /** The MIDI file is there. */
    record Succeeded(GenerationResult result, Instant at) implements Terminal {
        @Override
        public String status() {
            return "succeeded";
        }
    }

    /** It could not be composed. */
    record Failed(JobError error, Instant at) implements Terminal {
        @Override
        public String status() {
            return "failed";
        }
    }

    /** The client called it off. */
    record Canceled(Instant at) implements Terminal {
        @Override
        public String status() {
            return "canceled";
        }
    }

    /** Its deadline passed in the queue. */
    record Expired(Instant at) implements Terminal {
        @Override
        public String status() {
            return "expired";
        }
    }
}
