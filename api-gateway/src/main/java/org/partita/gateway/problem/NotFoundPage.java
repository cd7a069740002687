package org.partita.gateway.problem;

import org.springframework.core.io.Resource;

import java.util.Optional;

/** What a browser shows to somebody who followed a wrong link. */
public interface NotFoundPage {

    /** The page in HTML, if there is one. */
    Optional<Resource> page();
}
