package org.partita.worker.workbench;

/** Events in a span of time and what they took. */
record Rate(long events, double wallSeconds, double cpuSeconds, long allocatedBytes) {

    double perSecond() {
        return events / wallSeconds;
    }

    double perCpuSecond() {
        return events / cpuSeconds;
    }

    double bytesPerEvent() {
        return (double) allocatedBytes / events;
    }

    /** The faster of two measurements of the same; others on the machine only slow things down. */
    Rate orFaster(Rate other) {
        return other.perCpuSecond() > perCpuSecond() ? other : this;
    }
}
