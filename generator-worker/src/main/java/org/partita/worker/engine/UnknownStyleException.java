package org.partita.worker.engine;

import java.util.List;

/** The model was not trained with a style of that name. */
public final class UnknownStyleException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UnknownStyleException(String model, String style, List<String> known) {
        super(
                "style %s is none of the model %s; it knows %s"
                        .formatted(style, model, String.join(", ", known)));
    }
}
