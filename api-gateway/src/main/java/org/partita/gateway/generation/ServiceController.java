package org.partita.gateway.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partita.music.Scale;
import org.partita.protocol.JobStore;
import org.partita.protocol.ModelDescription;
import org.partita.protocol.QueueStatus;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the service can do and how busy it is. */
@RestController
@RequestMapping("/v1")
class ServiceController {

    private final JobStore store;
    private final ModelCatalog models;
    private final GenerationProperties properties;

    ServiceController(JobStore store, ModelCatalog models, GenerationProperties properties) {
        this.store = store;
        this.models = models;
        this.properties = properties;
    }

    /**
     * The models of the living workers.
     *
     * @param defaultModel what composes when a request names none
     * @param scales what {@code controls.key} can be built on
     */
    record ModelsResource(
            String defaultModel, Collection<ModelDescription> models, List<ScaleResource> scales) {}

    /**
     * A scale.
     *
     * @param semitones of its pitch classes above the tonic
     */
    record ScaleResource(String name, List<Integer> semitones) {

        static final List<ScaleResource> ALL =
                Arrays.stream(Scale.values())
                        .map(scale -> new ScaleResource(scale.written(), scale.semitones()))
                        .toList();
    }

    /**
     * The queue in numbers.
     *
     * @param backlogSeconds estimated work waiting or running, in seconds of all lanes; what an
     *     autoscaler should look at
     * @param etaSeconds estimated seconds until a job submitted now would begin; absent while no
     *     worker lives
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record QueueResource(
            long queued,
            long running,
            int lanes,
            int workers,
            double backlogSeconds,
            @Nullable Long etaSeconds) {}

    @GetMapping("/models")
    ResponseEntity<ModelsResource> models() {
        return fresh(
                new ModelsResource(properties.defaultModel(), models.models(), ScaleResource.ALL));
    }

    @GetMapping("/queue")
    ResponseEntity<QueueResource> queue() {
        QueueStatus status = store.queue();
        return fresh(
                new QueueResource(
                        status.queued(),
                        status.running(),
                        status.lanes(),
                        status.workers(),
                        Math.round(status.backlogSeconds() * 10) / 10.0,
                        GenerationResource.secondsUp(status.untilStart())));
    }

    @GetMapping(path = "/openapi.json")
    ResponseEntity<Resource> openApi() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noCache())
                .body(new ClassPathResource("openapi.json", ServiceController.class));
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
