package org.partita.standalone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Everything the system keeps between starts, in one directory that only one process may use: the
 * queue in {@code kafka}, the jobs in {@code redis}, the logs in {@code log}. The lock goes with
 * its process, however that ends.
 */
final class DataDirectory implements AutoCloseable {

    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Makes the directory if need be and takes it.
     *
     * @throws StartRefusedException if it cannot be written or another process has it
     */
    static DataDirectory open(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        try {
            for (String name : new String[] {"kafka", "redis", "log"}) {
                Files.createDirectories(absolute.resolve(name));
            }
            // As Redis tells where it keeps its data.
            Path real = absolute.toRealPath();
            FileChannel channel =
                    FileChannel.open(
                            real.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                String owner = read(channel);
                channel.close();
                throw new StartRefusedException(
                        "Another Partita%s is using %s: stop it, or give this one its own directory with --data DIR."
                                .formatted(
                                        owner.isEmpty() ? "" : " (process " + owner + ")",
                                        absolute));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            String.valueOf(ProcessHandle.current().pid())
                                    .getBytes(StandardCharsets.UTF_8)),
                    0);
            return new DataDirectory(real, channel);
        } catch (IOException e) {
            throw new StartRefusedException(
                    "Cannot write to %s (%s): choose another directory with --data DIR."
                            .formatted(absolute, e.getMessage()),
                    e);
        }
    }

    /** Where the broker keeps its log segments and its metadata. */
    Path kafka() {
        return root.resolve("kafka");
    }

    /** Where Redis keeps its append-only file. */
    Path redis() {
        return root.resolve("redis");
    }

    /** The log of one part of the system. */
    Path log(String part) {
        return root.resolve("log").resolve(part + ".log");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot release " + root, e);
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            java.nio.channels.@Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // Held by this very process: tests run several systems in one JVM.
            return false;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
    }
}
