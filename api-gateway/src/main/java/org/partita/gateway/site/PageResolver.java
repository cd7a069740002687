package org.partita.gateway.site;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.PathResourceResolver;

/** Finds pages by their clean addresses: {@code about} and {@code about/} are about/index.html. */
final class PageResolver extends PathResourceResolver {

    @Override
    protected @Nullable Resource getResource(String path, Resource location) throws IOException {
        String page = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (!page.isEmpty() && !path.endsWith("/")) {
            Resource exact = file(page, location);
            if (exact != null) {
                return exact;
            }
        }
        if (page.substring(page.lastIndexOf('/') + 1).contains(".")) {
            return null;
        }
        Resource index = file(page.isEmpty() ? "index.html" : page + "/index.html", location);
        return index != null || page.isEmpty() ? index : file(page + ".html", location);
    }

    private @Nullable Resource file(String path, Resource location) throws IOException {
        Resource found = super.getResource(path, location);
        return found != null && found.isFile() && found.getFile().isFile() ? found : null;
    }
}
