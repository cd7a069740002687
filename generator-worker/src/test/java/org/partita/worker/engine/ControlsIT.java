package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.partita.music.Scale;
import org.partita.music.Tonality;
import org.partita.music.midi.MidiReader;
import org.partita.protocol.Controls;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.Meter;
import org.partita.protocol.PitchRange;
import org.partita.protocol.Sampling;
import org.partita.protocol.SamplingRequest;
import org.partita.protocol.Start;

/**
 * The shipped model under controls: what is written is read back, and not one note breaks them.
 * {@code -Dpartita.controls.notes} composes more.
 */
class ControlsIT {

    private static final int NOTES = Integer.getInteger("partita.controls.notes", 10_000);
    private static final int NOTES_PER_PIECE = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final List<String> TONICS =
            List.of("C", "C#", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B", "Cb");
    private static final List<Scale> SCALES = List.of(Scale.values());
    private static final List<Meter> METERS =
            List.of(new Meter(4, 4), new Meter(3, 4), new Meter(6, 8), new Meter(2, 2));

    @SuppressWarnings("NullAway.Init")
    private static ModelBundle model;

    @BeforeAll
    static void loadModel() throws Exception {
        model =
                ModelBundle.load(
                        ModelDirectory.bundles(Path.of("models")).getFirst(),
                        ExecutionProvider.CPU);
    }

    @AfterAll
    static void unloadModel() {
        model.close();
    }

    /** Which controls a piece has; their values differ from piece to piece. */
    enum Controlled {
        KEY,
        RANGE,
        POLYPHONY,
        DENSITY,
        ALL;

        Controls draw(SplittableRandom random) {
            int lowest = 21 + random.nextInt(64);
            return new Controls(
                    has(KEY) ? tonality(random) : null,
                    // An octave and more, so that every key has a pitch in it.
                    has(RANGE)
                            ? new PitchRange(
                                    lowest, Math.min(108, lowest + 11 + random.nextInt(36)))
                            : null,
                    has(POLYPHONY) ? 1 + random.nextInt(6) : null,
                    has(DENSITY) ? 1 + random.nextInt(6) : null);
        }

        private boolean has(Controlled one) {
            return this == one || this == ALL;
        }

        private static Tonality tonality(SplittableRandom random) {
            return new Tonality(
                    TONICS.get(random.nextInt(TONICS.size())),
                    SCALES.get(random.nextInt(SCALES.size())));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noNoteOfTenThousandBreaksAControl(Controlled controlled) throws Exception {
        // Given
        SplittableRandom random = new SplittableRandom(controlled.name().hashCode());
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < (NOTES + NOTES_PER_PIECE - 1) / NOTES_PER_PIECE; i++) {
            Controls controls = controlled.draw(random);
            boolean fromNote = random.nextBoolean();
            requests.add(
                    new GenerationRequest(
                            null,
                            fromNote
                                    ? new Start.ChosenNote(allowed(controls, random))
                                    : new Start.Random(),
                            new Length.Notes(NOTES_PER_PIECE),
                            SamplingRequest.NONE,
                            null,
                            null,
                            METERS.get(random.nextInt(METERS.size())),
                            style(random),
                            controls,
                            !fromNote && random.nextBoolean(),
                            null));
        }
        // When
        List<Composing> pieces = new ArrayList<>();
        int composed = 0;
        List<String> violations = new ArrayList<>();
        try (Engine engine = new Engine(model, new EngineSettings(1, 16))) {
            for (int i = 0; i < requests.size(); i++) {
                // As the model does by default, and without a cut, which draws unlikelier notes.
                Sampling sampling = i % 2 == 0 ? model.defaultSampling() : Sampling.DEFAULT;
                pieces.add(engine.compose(requests.get(i), i, sampling));
            }
            for (int i = 0; i < pieces.size(); i++) {
                byte[] midi = pieces.get(i).await(PATIENCE).midi();
                composed += MidiReader.read(midi, "piece.mid").noteCount();
                violations.addAll(ControlViolations.of(midi, requests.get(i).controls()));
            }
        }
        // Then
        assertThat(composed).isGreaterThanOrEqualTo(NOTES);
        assertThat(violations).isEmpty();
    }

    private static int allowed(Controls controls, SplittableRandom random) {
        int[] pitches = IntStream.rangeClosed(21, 108).filter(controls::allows).toArray();
        return pitches[random.nextInt(pitches.length)];
    }

    private static @Nullable String style(SplittableRandom random) {
        List<String> styles = model.manifest().styles();
        return random.nextBoolean() ? null : styles.get(random.nextInt(styles.size()));
    }
}
