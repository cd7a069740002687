package org.partita.music.model;

import java.util.List;

/**
 * Music that a model was trained on.
 *
 * @param name of the collection
 * @param origin where it came from: an address with a commit or version
 * @param licence SPDX identifier: {@code CC0-1.0}
 * @param attributions lines that the licence asks to pass on; may be empty
 * @param pieces how many of it were used
 * @param notes how many notes these have
 */
public record TrainingSource(
        String name,
        String origin,
        String licence,
        List<String> attributions,
        int pieces,
        long notes) {

    public TrainingSource {
        Require.text(name, "training source name");
        Require.text(origin, "origin of " + name);
        Require.text(licence, "licence of " + name);
        attributions = List.copyOf(Require.present(attributions, "attributions of " + name));
        Require.between(1, Integer.MAX_VALUE, pieces, "pieces of " + name);
        Require.between(1, Long.MAX_VALUE, notes, "notes of " + name);
    }
}
