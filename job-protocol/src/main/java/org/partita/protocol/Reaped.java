package org.partita.protocol;

/**
 * What a sweep over the unfinished jobs changed.
 *
 * @param expired waiting jobs ended because their deadline had passed
 * @param failed running jobs ended because their deadline had passed and nobody held them
 * @param returned running jobs that lost their holder and went back to the queue
 */
public record Reaped(int expired, int failed, int returned) {}
