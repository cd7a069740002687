package org.partita.gateway.generation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.partita.protocol.JobStore;
import org.partita.protocol.ModelDescription;
import org.partita.protocol.WorkerStatus;
import org.springframework.stereotype.Component;

/**
 * The models that every living worker has, looked up at most once a second: the queue gives a job
 * to any of them, and while workers are replaced not all have the same.
 */
@Component
final class ModelCatalog {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final JobStore store;
    private final Clock clock;
    private volatile Known known = new Known(Instant.MIN, Map.of());

    ModelCatalog(JobStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Known(Instant at, Map<String, ModelDescription> models) {}

    /** By name; empty while no worker lives. */
    Collection<ModelDescription> models() {
        return List.copyOf(known().values());
    }

    Optional<ModelDescription> find(String name) {
        return Optional.ofNullable(known().get(name));
    }

    private Map<String, ModelDescription> known() {
        Instant now = clock.instant();
        Known current = known;
        if (current.at().isBefore(now.minus(FRESH))) {
            Map<String, ModelDescription> models = new TreeMap<>();
            List<WorkerStatus> workers = store.workers();
            for (WorkerStatus worker : workers) {
                for (ModelDescription model : worker.models()) {
                    models.putIfAbsent(model.name(), model);
                }
            }
            for (WorkerStatus worker : workers) {
                models.keySet()
                        .retainAll(worker.models().stream().map(ModelDescription::name).toList());
            }
            current = new Known(now, models);
            known = current;
        }
        return current.models();
    }
}
