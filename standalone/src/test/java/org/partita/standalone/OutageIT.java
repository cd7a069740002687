package org.partita.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.partita.music.midi.MidiReader;
import org.partita.protocol.Topics;

/** What is promised when something dies. */
@Timeout(300)
class OutageIT {

    private static final String PIECE =
            CompositionIT.request("{\"kind\":\"random\"}", "{\"notes\":60}", 11);

    @TempDir Path folder;
    private RunningSystem system;
    private Api api;

    @BeforeEach
    void startWithoutWorker() throws InterruptedException {
        system = RunningSystem.start(folder, null);
        api = system.api();
    }

    @AfterEach
    void stopEverything() {
        if (system != null) {
            system.close();
        }
    }

    /** The first lane of a new installation would otherwise wait seconds for its first job. */
    @Test
    void theShareGroupStandsBeforeItsFirstLane() throws Exception {
        // Given
        var everything = Map.of(Topics.SHARE_GROUP, new ListShareGroupOffsetsSpec());
        Map<TopicPartition, SharePartitionOffsetInfo> offsets = Map.of();

        // When
        try (Admin admin = KafkaServer.admin(system.servers().kafka())) {
            for (int look = 0; look < 100 && offsets.isEmpty(); look++) {
                Thread.sleep(100);
                offsets =
                        admin.listShareGroupOffsets(everything)
                                .partitionsToOffsetInfo(Topics.SHARE_GROUP)
                                .get(20, TimeUnit.SECONDS);
            }
        }

        // Then
        assertThat(offsets).containsOnlyKeys(new TopicPartition(Topics.GENERATION_JOBS, 0));
        assertThat(offsets.values())
                .extracting(SharePartitionOffsetInfo::startOffset)
                .containsOnly(0L);
    }

    @Test
    void aJobWhoseWorkerIsKilledEndsOnceWithTheSameBytes() throws Exception {
        // Given
        String request = CompositionIT.request("{\"kind\":\"random\"}", "{\"notes\":2500}", 12);
        Process first = system.startWorker();
        String id = api.submit(request);
        api.awaitJob(id, job -> job.at("/progress/done").asInt() > 0);

        // When
        first.destroyForcibly();
        assertThat(first.waitFor(10, TimeUnit.SECONDS)).isTrue();
        system.startWorker();

        // Then
        byte[] piece = api.piece(id);
        assertThat(MidiReader.read(piece, "piece.mid").noteCount()).isEqualTo(2500);
        assertThat(api.events(id, "0", Integer.MAX_VALUE))
                .extracting(Api.Event::type)
                .containsOnlyOnce("succeeded")
                .doesNotContain("failed");
        assertThat(api.piece(api.submit(request))).isEqualTo(piece);
    }

    @Test
    void withoutKafkaNothingIsAcceptedAndNothingAcceptedIsLost() throws Exception {
        // Given
        List<String> accepted = submitSome();

        // When
        system.servers().kafkaProcess().stop();
        HttpResponse<byte[]> refused = api.post(PIECE);
        system.servers().kafkaProcess().start();
        system.servers().kafkaProcess().awaitReady();
        system.startWorker();

        // Then
        assertRefused(refused);
        for (String id : accepted) {
            assertThat(MidiReader.read(api.piece(id), "piece.mid").noteCount()).isEqualTo(60);
        }
    }

    @Test
    void withoutRedisNothingIsAcceptedAndNothingAcceptedIsLost() throws Exception {
        // Given
        List<String> accepted = submitSome();

        // When
        system.servers().redisProcess().stop();
        HttpResponse<byte[]> refused = api.post(PIECE);
        system.servers().redisProcess().start();
        system.servers().redisProcess().awaitReady();
        system.startWorker();

        // Then
        assertRefused(refused);
        for (String id : accepted) {
            // The gateway's connection may still be on its way back.
            assertThat(MidiReader.read(api.piece(id), "piece.mid").noteCount()).isEqualTo(60);
        }
    }

    private List<String> submitSome() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(api.submit(PIECE));
        }
        return ids;
    }

    private void assertRefused(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
    }
}
