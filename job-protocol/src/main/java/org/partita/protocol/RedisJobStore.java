package org.partita.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The jobs in Redis 6.2 or later. Every change of state is one Lua script, so that it happens
 * wholly, in one order for all, or not at all.
 */
public final class RedisJobStore implements JobStore, LaneStore {

    private final StringRedisTemplate redis;
    private final Clock clock;
    private final JobCodec codec;
    private final RedisKeys keys;
    private final Retention retention;

    public RedisJobStore(
            RedisConnectionFactory connections,
            Clock clock,
            JobCodec codec,
            RedisKeys keys,
            Retention retention) {
        this.redis = new StringRedisTemplate(connections);
        this.clock = clock;
        this.codec = codec;
        this.keys = keys;
        this.retention = retention;
    }

    @Override
    public Submission.Outcome submit(Submission submission) {
        GenerationJob job = submission.job();
        Length length = job.request().length();
        String client = hash(submission.client());
        String key = submission.idempotencyKey();
        byte[] request = codec.writeRequest(job.request());
        List<Object> answer =
                run(
                        Script.SUBMIT,
                        job.id().value(),
                        codec.writeJob(job),
                        job.submittedAt().toEpochMilli(),
                        job.deadline().toEpochMilli(),
                        client,
                        key == null ? "" : hash(submission.client() + "\n" + key),
                        hash(new String(request, StandardCharsets.UTF_8)),
                        retention.idempotencyKeys().toMillis(),
                        submission.limits().unfinishedPerClient(),
                        submission.limits().queuedJobs(),
                        submission.limits().longestWait().toSeconds(),
                        length.estimatedNotes(),
                        length.amount(),
                        length.unit(),
                        job.model(),
                        job.seed(),
                        codec.writeSummary(job),
                        retention.results().toMillis(),
                        retention.tombstones().toMillis());
        return switch (text(answer, 0)) {
            case "SUBMITTED" -> new Submission.Submitted();
            case "REPLAYED" -> new Submission.Replayed(new JobId(text(answer, 1)));
            case "IN_PROGRESS" -> new Submission.InProgress();
            case "KEY_REUSED" -> new Submission.KeyReused();
            case "TOO_MANY" -> new Submission.TooManyUnfinished(Integer.parseInt(text(answer, 1)));
            case "QUEUE_FULL" ->
                    new Submission.QueueFull(
                            Integer.parseInt(text(answer, 1)),
                            Duration.ofSeconds(Long.parseLong(text(answer, 2))));
            default -> throw unexpected(answer);
        };
    }

    @Override
    public void markSent(JobId id) {
        run(Script.SENT, id.value());
    }

    @Override
    public boolean withdraw(JobId id) {
        return text(run(Script.WITHDRAW, id.value()), 0).equals("WITHDRAWN");
    }

    @Override
    public List<GenerationJob> unsent(Duration olderThan, int limit) {
        long now = clock.millis();
        List<GenerationJob> jobs = new ArrayList<>();
        for (Object message : run(Script.UNSENT, now, now - olderThan.toMillis(), limit)) {
            try {
                jobs.add(codec.readJob((byte[]) message));
            } catch (InvalidRequestException _) {
                // Left to a later version, which can read it, or to its deadline.
            }
        }
        return jobs;
    }

    @Override
    public JobLookup find(JobId id) {
        List<Object> answer = run(Script.FIND, id.value(), clock.millis());
        return switch (text(answer, 0)) {
            case "UNKNOWN" -> new JobLookup.Unknown();
            case "GONE" -> new JobLookup.Gone();
            case "FOUND" -> new JobLookup.Found(snapshot(id, answer));
            default -> throw unexpected(answer);
        };
    }

    @Override
    public void cancel(JobId id) {
        run(Script.CANCEL, id.value(), clock.millis());
    }

    @Override
    public Optional<byte[]> midi(JobId id) {
        return Optional.ofNullable(
                redis.execute(
                        (RedisCallback<byte[]>)
                                connection ->
                                        connection.stringCommands().get(bytes(keys.midi(id)))));
    }

    @Override
    public List<JobEvent> events(JobId id, String afterId, int limit) {
        List<MapRecord<String, Object, Object>> records =
                redis.opsForStream()
                        .range(
                                keys.events(id),
                                Range.rightUnbounded(Range.Bound.exclusive(afterId)),
                                Limit.limit().count(limit));
        List<JobEvent> events = new ArrayList<>();
        if (records != null) {
            for (MapRecord<String, Object, Object> record : records) {
                Map<Object, Object> fields = record.getValue();
                events.add(
                        new JobEvent(
                                record.getId().getValue(),
                                String.valueOf(fields.get("type")),
                                String.valueOf(fields.get("data"))));
            }
        }
        return events;
    }

    @Override
    public QueueStatus queue() {
        List<Object> answer = run(Script.QUEUE, clock.millis());
        return new QueueStatus(
                Long.parseLong(text(answer, 0)),
                Long.parseLong(text(answer, 1)),
                Integer.parseInt(text(answer, 2)),
                Integer.parseInt(text(answer, 3)),
                Double.parseDouble(text(answer, 4)),
                seconds(text(answer, 5)),
                Long.parseLong(text(answer, 6)));
    }

    @Override
    public List<WorkerStatus> workers() {
        List<WorkerStatus> workers = new ArrayList<>();
        for (Object status : run(Script.WORKERS, clock.millis())) {
            workers.add(codec.readWorker((byte[]) status));
        }
        return workers;
    }

    @Override
    public Quota take(String client, Quota.Policy policy) {
        List<Object> answer =
                run(
                        Script.QUOTA,
                        policy.name() + ":" + hash(client),
                        clock.millis(),
                        policy.quota(),
                        policy.window().toMillis());
        return new Quota(
                text(answer, 0).equals("1"),
                Long.parseLong(text(answer, 1)),
                Duration.ofSeconds(Long.parseLong(text(answer, 2))),
                Duration.ofSeconds(Long.parseLong(text(answer, 3))));
    }

    @Override
    public Reaped reap(int limit) {
        List<Object> answer = run(Script.REAP, clock.millis(), limit);
        return new Reaped(
                Integer.parseInt(text(answer, 0)),
                Integer.parseInt(text(answer, 1)),
                Integer.parseInt(text(answer, 2)));
    }

    @Override
    public Claim claim(JobId id, String delivery, String claimant, Duration lease) {
        List<Object> answer =
                run(
                        Script.CLAIM,
                        id.value(),
                        delivery,
                        claimant,
                        clock.millis(),
                        lease.toMillis(),
                        JobState.MAX_ATTEMPTS);
        return switch (text(answer, 0)) {
            case "GRANTED" ->
                    new Claim.Granted(
                            codec.readJob((byte[]) answer.get(1)),
                            new Fence(Long.parseLong(text(answer, 2))),
                            Integer.parseInt(text(answer, 3)));
            case "DOUBLED" -> new Claim.Doubled();
            case "FINISHED" -> new Claim.Finished(text(answer, 1));
            case "POISONED" ->
                    new Claim.Poisoned(
                            codec.readJob((byte[]) answer.get(1)),
                            new Fence(Long.parseLong(text(answer, 2))),
                            new JobError(
                                    JobError.Code.POISON,
                                    "the job was begun "
                                            + JobState.MAX_ATTEMPTS
                                            + " times and never finished"));
            case "UNKNOWN" -> new Claim.Unknown();
            default -> throw unexpected(answer);
        };
    }

    @Override
    public List<WriteAnswer> progress(List<JobProgress> pieces, Duration lease) {
        List<Object> arguments = new ArrayList<>(2 + 5 * pieces.size());
        arguments.add(clock.millis());
        arguments.add(lease.toMillis());
        for (JobProgress piece : pieces) {
            arguments.add(piece.id().value());
            arguments.add(piece.fence().value());
            arguments.add(piece.progress().done());
            arguments.add(piece.progress().total());
            arguments.add(written(piece.notes()));
        }
        List<Object> answers = run(Script.PROGRESS, arguments.toArray());
        return answers.stream().map(RedisJobStore::oneAnswer).toList();
    }

    @Override
    public WriteAnswer complete(
            JobId id,
            Fence fence,
            @Nullable NotesChunk rest,
            byte[] midi,
            GenerationResult result) {
        return writeAnswer(
                run(
                        Script.COMPLETE,
                        id.value(),
                        fence.value(),
                        clock.millis(),
                        midi,
                        codec.writeResult(result),
                        codec.writeSucceeded(result),
                        written(rest)));
    }

    /** A chunk as scripts take it: empty if there is none. */
    private byte[] written(@Nullable NotesChunk notes) {
        return notes == null ? new byte[0] : codec.writeNotes(notes);
    }

    @Override
    public WriteAnswer fail(JobId id, Fence fence, JobError error) {
        return writeAnswer(
                run(
                        Script.FAIL,
                        id.value(),
                        fence.value(),
                        clock.millis(),
                        codec.writeError(error)));
    }

    @Override
    public WriteAnswer release(JobId id, Fence fence) {
        return writeAnswer(run(Script.RELEASE, id.value(), fence.value(), clock.millis()));
    }

    @Override
    public void heartbeat(WorkerStatus worker, Duration timeToLive) {
        run(
                Script.HEARTBEAT,
                worker.worker(),
                clock.millis(),
                timeToLive.toMillis(),
                worker.lanes(),
                codec.writeWorker(worker));
    }

    @Override
    public void goodbye(String worker) {
        run(Script.GOODBYE, worker);
    }

    private JobSnapshot snapshot(JobId id, List<Object> answer) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 3; i + 1 < answer.size(); i += 2) {
            fields.put(text(answer, i), text(answer, i + 1));
        }
        long position = Long.parseLong(text(answer, 1));
        return new JobSnapshot(
                id,
                state(fields),
                field(fields, "model"),
                Long.parseLong(field(fields, "seed")),
                instant(field(fields, "submittedAt")),
                instant(field(fields, "deadline")),
                fields.containsKey("startedAt") ? instant(field(fields, "startedAt")) : null,
                new Progress(
                        Integer.parseInt(field(fields, "done")),
                        Integer.parseInt(field(fields, "total"))),
                field(fields, "unit"),
                position < 0 ? null : new QueuePlace(position, seconds(text(answer, 2))),
                field(fields, "summary"));
    }

    private JobState state(Map<String, String> fields) {
        return switch (field(fields, "status")) {
            case "queued" -> new JobState.Queued();
            case "running" ->
                    new JobState.Running(new Fence(Long.parseLong(field(fields, "fence"))));
            case "succeeded" ->
                    new JobState.Succeeded(
                            codec.readResult(bytes(field(fields, "result"))),
                            instant(field(fields, "finishedAt")));
            case "failed" ->
                    new JobState.Failed(
                            codec.readError(bytes(field(fields, "error"))),
                            instant(field(fields, "finishedAt")));
            case "canceled" -> new JobState.Canceled(instant(field(fields, "finishedAt")));
            case "expired" -> new JobState.Expired(instant(field(fields, "finishedAt")));
            default -> throw new IllegalStateException("unknown status: " + fields.get("status"));
        };
    }

    private List<Object> run(Script script, Object... arguments) {
        byte[][] keysAndArguments = new byte[arguments.length + 1][];
        keysAndArguments[0] = bytes(keys.prefix());
        for (int i = 0; i < arguments.length; i++) {
            keysAndArguments[i + 1] =
                    arguments[i] instanceof byte[] raw ? raw : bytes(String.valueOf(arguments[i]));
        }
        List<Object> answer =
                redis.execute(
                        (RedisCallback<@Nullable List<Object>>)
                                connection -> evaluate(connection, script, keysAndArguments));
        if (answer == null) {
            throw new IllegalStateException("script " + script + " gave no answer");
        }
        return answer;
    }

    private static @Nullable List<Object> evaluate(
            RedisConnection connection, Script script, byte[][] keysAndArguments) {
        try {
            return connection
                    .scriptingCommands()
                    .evalSha(script.sha1(), ReturnType.MULTI, 1, keysAndArguments);
        } catch (DataAccessException e) {
            if (!saysNoScript(e)) {
                throw e;
            }
            // Redis forgot it, or never saw it: send the text once.
            return connection
                    .scriptingCommands()
                    .eval(script.text(), ReturnType.MULTI, 1, keysAndArguments);
        }
    }

    private static boolean saysNoScript(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && message.contains("NOSCRIPT")) {
                return true;
            }
        }
        return false;
    }

    private static WriteAnswer writeAnswer(List<Object> answers) {
        return oneAnswer(answers.getFirst());
    }

    private static WriteAnswer oneAnswer(Object answer) {
        return switch (text(answer)) {
            case "held" -> WriteAnswer.ACCEPTED;
            case "canceled" -> WriteAnswer.CANCELED;
            case "fenced" -> WriteAnswer.FENCED;
            default -> throw unexpected(List.of(answer));
        };
    }

    private static IllegalStateException unexpected(List<Object> answer) {
        return new IllegalStateException("unexpected answer of a script: " + text(answer, 0));
    }

    private static String text(List<Object> answer, int index) {
        return text(answer.get(index));
    }

    private static String text(Object value) {
        return value instanceof byte[] raw
                ? new String(raw, StandardCharsets.UTF_8)
                : String.valueOf(value);
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException("a job in Redis has no " + name);
        }
        return value;
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static @Nullable Duration seconds(String text) {
        double seconds = Double.parseDouble(text);
        return seconds < 0 ? null : Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whatever clients send never becomes part of a key. */
    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
