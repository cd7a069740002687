package org.partita.trainer.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every command that trains: with which configuration. */
public final class ConfigurationInput {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "JSON with some or all of the values that `train --print-config` shows, instead"
                            + " of the command's own.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Change one value of the configuration. May be repeated.")
    private Map<String, String> changes = Map.of();

    /** Whether {@code --set} names this value. */
    public boolean changes(String name) {
        return changes.containsKey(name);
    }

    /**
     * What the options say.
     *
     * @param own configuration of the command, if no file is named
     * @throws ParameterException if the file is none or a change does not fit
     */
    public TrainingConfig configuration(TrainingConfig own) {
        TrainingConfig base = file == null ? own : read(file);
        try {
            return base.with(changes);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--set: " + e.getMessage(), e);
        }
    }

    private TrainingConfig read(Path config) {
        if (!Files.isReadable(config)) {
            throw new ParameterException(spec.commandLine(), "--config cannot be read: " + config);
        }
        try {
            return TrainingConfig.read(config);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--config: " + e.getMessage(), e);
        }
    }
}
