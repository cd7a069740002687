package org.partita.gateway.problem;

import java.util.Optional;
import org.springframework.core.io.Resource;

/** What a browser shows to somebody who followed a wrong link. */
public interface NotFoundPage {

    /** The page in HTML, if there is one. */
    Optional<Resource> page();
}
