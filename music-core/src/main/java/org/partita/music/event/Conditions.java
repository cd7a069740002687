package org.partita.music.event;

import java.util.List;

/**
 * What is known of a piece beside its notes; the model is told, and does not predict it.
 *
 * @param parts who plays, at most 16
 * @param meters ordered, the first at step 0
 * @param tempos ordered, the first at step 0
 * @param style index of a style label of the model, 0 = unknown, up to {@link Features#STYLES} - 1
 */
public record Conditions(
        List<GridPart> parts, List<GridMeter> meters, List<GridTempo> tempos, int style) {

    /** The style of which nothing is known. */
    public static final int UNKNOWN_STYLE = 0;

    public Conditions {
        parts = List.copyOf(parts);
        meters = List.copyOf(meters);
        tempos = List.copyOf(tempos);
        if (meters.isEmpty() || meters.getFirst().startStep() != 0) {
            throw new IllegalArgumentException("the first meter must begin at step 0: " + meters);
        }
        if (tempos.isEmpty() || tempos.getFirst().startStep() != 0) {
            throw new IllegalArgumentException("the first tempo must begin at step 0: " + tempos);
        }
        if (style < 0 || style >= Features.STYLES) {
            throw new IllegalArgumentException(
                    "style out of range 0.." + (Features.STYLES - 1) + ": " + style);
        }
    }

    public static Conditions of(GridScore score) {
        return new Conditions(score.parts(), score.meters(), score.tempos(), UNKNOWN_STYLE);
    }

    /** Whether a part's keys are no pitches. */
    public boolean isPercussion(int part) {
        return part < parts.size() && parts.get(part).percussion();
    }

    public Conditions withStyle(int newStyle) {
        return new Conditions(parts, meters, tempos, newStyle);
    }
}
