package org.partita.gateway;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.partita.gateway.queue.JobQueue;
import org.partita.gateway.queue.QueueUnavailableException;
import org.partita.protocol.GenerationJob;

/** A queue that counts what it is given, and can be taken away. */
final class RecordingJobQueue implements JobQueue {

    private final AtomicInteger sent = new AtomicInteger();
    private volatile boolean down;

    @Override
    public void send(GenerationJob job) {
        if (down) {
            throw new QueueUnavailableException("down", new TimeoutException("test"));
        }
        sent.incrementAndGet();
    }

    int sent() {
        return sent.get();
    }

    void setDown(boolean down) {
        this.down = down;
    }
}
