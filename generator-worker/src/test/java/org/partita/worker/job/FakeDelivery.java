package org.partita.worker.job;

import org.partita.protocol.JobId;

/** A delivery that remembers what became of it. */
final class FakeDelivery implements Delivery {

    private final JobId id;
    int renewals;
    String end = "held";

    FakeDelivery(JobId id) {
        this.id = id;
    }

    @Override
    public JobId id() {
        return id;
    }

    @Override
    public String name() {
        return "generation-jobs-0@17";
    }

    @Override
    public void renew() {
        renewals++;
    }

    @Override
    public void accept() {
        end = "accepted";
    }

    @Override
    public void release() {
        end = "released";
    }
}
