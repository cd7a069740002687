package org.partita.protocol;

import java.util.regex.Pattern;

/**
 * The names in Redis of one cell: everything that one queue and its workers share.
 *
 * <p>All keys begin with the cell's name in braces, so that Redis Cluster keeps a cell in one slot
 * and a script may touch a job and the queue together. More cells, chosen by job id, spread over
 * more shards.
 *
 * <pre>
 * {cell}:job:ID            hash    status, attempts, fence, lease, progress, result, …
 * {cell}:job:ID:message    string  the job message, until the job ends
 * {cell}:job:ID:events     stream  type, data; what clients are told
 * {cell}:job:ID:midi       string  the piece
 * {cell}:job:ID:tombstone  string  the terminal status, after the rest is forgotten
 * {cell}:queue :running :deadlines :outbox        sorted sets of job ids
 * {cell}:workers :lanes :worker:NAME              living workers
 * {cell}:client:HASH :idempotency:HASH :quota:HASH
 * {cell}:stats             hash    counters and averages
 * </pre>
 *
 * @param cell name of the cell
 */
public record RedisKeys(String cell) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    /** The cell of an installation that has only one. */
    public static final RedisKeys DEFAULT = new RedisKeys("partita");

    public RedisKeys {
        if (!NAME.matcher(cell).matches()) {
            throw new IllegalArgumentException(
                    "cell must be 1..32 characters out of a-z, 0-9 and '-': " + cell);
        }
    }

    /** Ids of jobs, a space between them, are published here whenever their event streams grow. */
    public String eventsChannel() {
        return prefix() + ":events";
    }

    String prefix() {
        return "{" + cell + "}";
    }

    String midi(JobId id) {
        return prefix() + ":job:" + id.value() + ":midi";
    }

    String events(JobId id) {
        return prefix() + ":job:" + id.value() + ":events";
    }

    String job(JobId id) {
        return prefix() + ":job:" + id.value();
    }
}
