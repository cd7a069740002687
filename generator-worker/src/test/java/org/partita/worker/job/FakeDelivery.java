package org.partita.worker.job;

import java.util.List;
import org.partita.protocol.JobId;

/** A delivery that writes down what becomes of it. */
final class FakeDelivery implements Delivery {

    private final JobId id;
    private final List<String> calls;
    int renewals;

    /**
     * @param calls where to write down what is called, beside others
     */
    FakeDelivery(JobId id, List<String> calls) {
        this.id = id;
        this.calls = calls;
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
        calls.add("accept");
    }

    @Override
    public void release() {
        calls.add("return");
    }
}
