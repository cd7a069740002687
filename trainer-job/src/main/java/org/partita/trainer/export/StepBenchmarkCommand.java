package org.partita.trainer.export;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch;
import org.partita.music.model.ModelManifest;
import org.partita.trainer.bundle.BundleWeights;
import org.partita.trainer.bundle.ManifestFile;
import org.partita.trainer.network.NetworkConfig;
import org.partita.trainer.network.Weights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code trainer step-benchmark}: how long libtorch itself takes for one event of one piece, state
 * kept, operator by operator. The worker's benchmark compares itself with it.
 */
@Command(
        name = "step-benchmark",
        mixinStandardHelpOptions = true,
        description =
                "Measure libtorch on one event of one piece at a time and print the rate as JSON.")
public final class StepBenchmarkCommand implements Callable<Integer> {

    private static final double NANOS = 1e9;
    private static final double SHARE_OF_STRIKES = 2 / 3.0;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "BUNDLE", description = "Directory of a model bundle.")
    private Path bundle = Path.of("");

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Processor time to measure for (default ${DEFAULT-VALUE}).")
    private double seconds;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public Integer call() throws IOException {
        // The processor time of this thread is then all that is used.
        torch.set_num_threads(1);
        Weights weights = BundleWeights.read(bundle);
        NetworkConfig config = config(ManifestFile.readIntact(bundle), weights);
        SplittableRandom random = new SplittableRandom(1);
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            EagerStep step = new EagerStep(config, weights);
            long warm = threads.getCurrentThreadCpuTime() + (long) (seconds * NANOS);
            while (threads.getCurrentThreadCpuTime() < warm) {
                step(step, random);
            }
            long events = 0;
            long cpu = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            while (threads.getCurrentThreadCpuTime() - cpu < seconds * NANOS) {
                step(step, random);
                events++;
            }
            spec.commandLine()
                    .getOut()
                    .println(
                            JsonMapper.shared()
                                    .writeValueAsString(
                                            Map.of(
                                                    "events",
                                                    events,
                                                    "wallSeconds",
                                                    (System.nanoTime() - start) / NANOS,
                                                    "cpuSeconds",
                                                    (threads.getCurrentThreadCpuTime() - cpu)
                                                            / NANOS)));
        }
        return 0;
    }

    private static void step(EagerStep step, SplittableRandom random) {
        step.run(
                random.nextInt(NetworkConfig.PITCHES),
                7,
                9,
                random.nextDouble() < SHARE_OF_STRIKES);
    }

    private static NetworkConfig config(ModelManifest manifest, Weights weights) {
        return new NetworkConfig(
                manifest.events().vocabularySize(),
                manifest.events().durationSteps().size(),
                manifest.events().velocities().size(),
                manifest.events().features(),
                manifest.network().hiddenSize(),
                manifest.network().recurrentLayers(),
                weights.get("attention.phase").shape()[0],
                weights.get("attention.key.weight").shape()[0],
                2 * weights.get("attention.phase").shape()[1],
                manifest.network().valueSize(),
                manifest.network().ringSlots() + 1,
                manifest.network().noteSize(),
                weights.get("velocity.weight").shape()[1]);
    }
}
