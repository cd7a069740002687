package org.partita.gateway.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.partita.gateway.problem.NotFoundPage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.MimeMappings;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the built site from a directory. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("partita.site.directory")
class SiteConfiguration implements WebMvcConfigurer {

    /** Of files whose ending the server or Spring does not know. */
    private static final Map<String, String> MEDIA_TYPES =
            Map.of(
                    "mid", "audio/midi",
                    "webmanifest", "application/manifest+json",
                    "wasm", "application/wasm",
                    "sf2", MediaType.APPLICATION_OCTET_STREAM_VALUE,
                    "sf3", MediaType.APPLICATION_OCTET_STREAM_VALUE);

    private final Path directory;

    SiteConfiguration(SiteProperties properties) {
        Path configured = properties.directory();
        if (configured == null || !Files.isDirectory(configured)) {
            throw new IllegalStateException(
                    "partita.site.directory is not a directory: " + configured);
        }
        directory = configured;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        String location = directory.toAbsolutePath().toUri().toString();
        // What the build puts under assets has a hash of its content in its name.
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(location + "assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .resourceChain(false);
        registry.addResourceHandler("/**")
                .addResourceLocations(location)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(false)
                .addResolver(new PageResolver());
    }

    /** The resource handler does not look for anything at the empty path. */
    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/index.html");
    }

    /** For people who followed a wrong link; programs get a problem document. */
    @Bean
    NotFoundPage notFoundPage() {
        Path page = directory.resolve("404.html");
        return () ->
                Files.isRegularFile(page)
                        ? Optional.of(new FileSystemResource(page))
                        : Optional.empty();
    }

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
        MEDIA_TYPES.forEach(
                (ending, type) -> configurer.mediaType(ending, MediaType.valueOf(type)));
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> mimeTypes() {
        return factory -> {
            MimeMappings mappings = new MimeMappings(MimeMappings.DEFAULT);
            MEDIA_TYPES.forEach(mappings::add);
            factory.setMimeMappings(mappings);
        };
    }
}
