package org.partita.protocol;

/** Names in Kafka. */
public final class Topics {

    /** Jobs to compose; key = job id, value = {@link GenerationJob} as JSON. */
    public static final String GENERATION_JOBS = "generation-jobs";

    /** Jobs that were given up as poison, with the error in the {@value #ERROR_HEADER} header. */
    public static final String GENERATION_JOBS_DEAD = "generation-jobs-dead";

    /** The share group (KIP-932) of all lanes of all workers. */
    public static final String SHARE_GROUP = "generators";

    /** W3C trace context of the submission. */
    public static final String TRACE_HEADER = "traceparent";

    /** Why a dead job was given up. */
    public static final String ERROR_HEADER = "partita-error";

    private Topics() {}
}
