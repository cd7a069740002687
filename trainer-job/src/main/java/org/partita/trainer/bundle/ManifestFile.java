package org.partita.trainer.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.partita.music.model.BundleFiles;
import org.partita.music.model.ModelManifest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code manifest.json} of a bundle. */
public final class ManifestFile {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ManifestFile() {}

    /**
     * The manifest of a bundle whose files are all as it says and whose events this program speaks.
     *
     * @throws IOException if it is none, with the reason
     */
    public static ModelManifest readIntact(Path bundle) throws IOException {
        Path file = bundle.resolve(BundleFiles.MANIFEST);
        if (!Files.isRegularFile(file)) {
            throw new IOException(bundle + " is not a model bundle: it has no manifest.json");
        }
        try {
            ModelManifest manifest = MAPPER.readValue(Files.readString(file), ModelManifest.class);
            BundleFiles.requireIntact(bundle, manifest);
            manifest.events().requireCurrent();
            return manifest;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Writes it into the bundle. */
    public static void write(Path bundle, ModelManifest manifest) throws IOException {
        Files.writeString(
                bundle.resolve(BundleFiles.MANIFEST), MAPPER.writeValueAsString(manifest) + "\n");
    }
}
