package org.partita.protocol;

/** The answer to a question about a job. */
public sealed interface JobLookup {

    /** Here it is. */
    record Found(JobSnapshot job) implements JobLookup {}

    /** It was here, ended and has been forgotten. */
    record Gone() implements JobLookup {}

    /** There never was such a job, or it was forgotten long ago. */
    record Unknown() implements JobLookup {}
}
