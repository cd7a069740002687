package org.partita.trainer.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A corpus' {@code MANIFEST.csv} (RFC 4180): for each file, named in column {@code path}, what is
 * known of it. Only the columns that a manifest has are there.
 */
final class Manifest {

    /** What a file without a row has: nothing. */
    static final Map<String, String> NO_ROW = Map.of();

    private static final String FILE_NAME = "MANIFEST.csv";

    private final Path root;
    private final Map<String, Map<String, String>> rows;

    private Manifest(Path root, Map<String, Map<String, String>> rows) {
        this.root = root;
        this.rows = rows;
    }

    /**
     * The manifest in {@code directory} or in the directory above it, or null if neither has one.
     */
    static @Nullable Manifest find(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        for (Path home : new Path[] {absolute, absolute.getParent()}) {
            if (home != null && Files.isRegularFile(home.resolve(FILE_NAME))) {
                try {
                    return read(home, Files.readString(home.resolve(FILE_NAME)));
                } catch (CharacterCodingException e) {
                    throw new IOException(home.resolve(FILE_NAME) + " is not UTF-8 text", e);
                }
            }
        }
        return null;
    }

    /** The manifest that lies in {@code home} and reads {@code csv}. */
    static Manifest read(Path home, String csv) {
        List<List<String>> lines = parse(csv);
        Map<String, Map<String, String>> rows = new HashMap<>();
        if (!lines.isEmpty()) {
            List<String> names = lines.getFirst();
            for (List<String> line : lines.subList(1, lines.size())) {
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < Math.min(names.size(), line.size()); i++) {
                    row.put(names.get(i), line.get(i));
                }
                String path = row.get("path");
                if (path != null) {
                    rows.put(path, row);
                }
            }
        }
        return new Manifest(home, rows);
    }

    /**
     * The row of a file; paths in the manifest are relative to its own directory or to the one
     * above.
     */
    Map<String, String> row(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path above = root.getParent();
        Map<String, String> row =
                above == null ? null : rows.get(slashed(above.relativize(absolute)));
        if (row == null) {
            row = rows.get(slashed(root.relativize(absolute)));
        }
        return row == null ? NO_ROW : row;
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static List<List<String>> parse(String csv) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted) {
                if (c != '"') {
                    field.append(c);
                } else if (i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',') {
                line.add(field.toString());
                field.setLength(0);
            } else if (c == '\n') {
                line.add(field.toString());
                field.setLength(0);
                lines.add(line);
                line = new ArrayList<>();
            } else if (c != '\r') {
                field.append(c);
            }
        }
        if (!field.isEmpty() || !line.isEmpty()) {
            line.add(field.toString());
            lines.add(line);
        }
        return lines;
    }
}
