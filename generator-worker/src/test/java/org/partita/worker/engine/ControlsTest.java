package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.partita.music.Scale;
import org.partita.music.Tonality;
import org.partita.music.event.Conditions;
import org.partita.music.event.Durations;
import org.partita.music.event.EventContext;
import org.partita.music.event.GridMeter;
import org.partita.music.event.GridTempo;
import org.partita.music.event.Vocabulary;
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
 * Controls over a model that knows no music: its nearly even distributions press against every
 * bound, up to the narrowest ones.
 */
class ControlsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PIECES = 150;
    private static final List<Scale> SCALES = List.of(Scale.values());
    private static final List<Meter> METERS =
            List.of(
                    new Meter(4, 4),
                    new Meter(3, 4),
                    new Meter(7, 8),
                    new Meter(3, 2),
                    new Meter(5, 16));

    @SuppressWarnings("NullAway.Init")
    private static ModelBundle model;

    @BeforeAll
    static void loadModel() throws IOException {
        model = RandomModel.load();
    }

    @AfterAll
    static void unloadModel() {
        model.close();
    }

    @Test
    void whateverIsAskedForIsKeptAndEveryPieceEnds() throws Exception {
        // Given
        SplittableRandom random = new SplittableRandom(1);
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < PIECES; i++) {
            requests.add(anyRequest(random));
        }
        // When
        List<Composing> pieces = new ArrayList<>();
        List<String> violations = new ArrayList<>();
        int notes = 0;
        try (Engine engine = new Engine(model, new EngineSettings(1, 16))) {
            for (int i = 0; i < PIECES; i++) {
                pieces.add(engine.compose(requests.get(i), i, new Sampling(1, 0, 1, 0)));
            }
            for (int i = 0; i < PIECES; i++) {
                byte[] midi = pieces.get(i).await(PATIENCE).midi();
                notes += MidiReader.read(midi, "piece.mid").noteCount();
                for (String found : ControlViolations.of(midi, requests.get(i).controls())) {
                    violations.add(requests.get(i) + ": " + found);
                }
            }
        }
        // Then
        assertThat(violations).isEmpty();
        assertThat(notes).isGreaterThan(10_000);
    }

    @Test
    void narrowestControlsStillMakeAPiece() throws Exception {
        Controls oneKey = new Controls(null, new PitchRange(60, 60), 1, 1);

        for (Start start : List.of(new Start.Random(), new Start.ChosenNote(60))) {
            byte[] midi = compose(request(start, oneKey), 3).midi();

            assertThat(MidiReader.read(midi, "piece.mid").noteCount()).isEqualTo(80);
            assertThat(ControlViolations.of(midi, oneKey)).isEmpty();
        }
    }

    @Test
    void anUploadedStartNeedNotObeyAndWhatFollowsDoes() throws Exception {
        // Given
        Controls controls =
                new Controls(
                        new Tonality("F#", Scale.MAJOR_PENTATONIC), new PitchRange(66, 80), 2, 3);
        for (int seed = 0; seed < 20; seed++) {
            byte[] wild = compose(request(new Start.Random(), Controls.NONE), seed).midi();
            Start upload = new Start.Midi(Base64.getEncoder().encodeToString(wild));
            // When
            byte[] midi = compose(request(upload, controls), seed).midi();
            // Then
            assertThat(ControlViolations.of(wild, controls)).isNotEmpty();
            assertThat(MidiReader.read(midi, "piece.mid").noteCount()).isEqualTo(80);
            assertThat(ControlViolations.of(midi, controls)).isEmpty();
        }
    }

    @Test
    void controlsThatForbidNothingChangeNoNote() throws Exception {
        // Given
        Controls wide = new Controls(null, new PitchRange(0, 127), null, null);
        for (int seed = 0; seed < 5; seed++) {
            // When
            Composition free = compose(request(new Start.Random(), Controls.NONE), seed);
            Composition controlled = compose(request(new Start.Random(), wide), seed);
            // Then
            assertThat(controlled.score().parts()).isEqualTo(free.score().parts());
        }
    }

    @Test
    void theFileSaysTheControlsSoThatItCanBeMadeAgain() throws Exception {
        // Given
        Controls controls =
                new Controls(new Tonality("Eb", Scale.DORIAN), new PitchRange(40, 90), 4, 6);
        Composition piece = compose(request(new Start.Random(), controls), 5);
        // When
        GenerationRequest found =
                Provenance.find(MidiReader.read(piece.midi(), "piece.mid").texts())
                        .orElseThrow()
                        .request();
        // Then
        assertThat(found.controls()).isEqualTo(controls);
        assertThat(compose(found, 5).midi()).isEqualTo(piece.midi());
    }

    @Test
    void namingTheStyleOfNoneInParticularIsNamingNone() throws Exception {
        GenerationRequest without = request(new Start.ChosenNote(60), Controls.NONE);

        Composition named = compose(inStyle(without, "unknown"), 2);

        assertThat(named.midi()).isEqualTo(compose(without, 2).midi());
        assertThatThrownBy(() -> compose(inStyle(without, "Zappa"), 2))
                .isInstanceOf(UnusableRequestException.class)
                .hasMessageContaining("Zappa")
                .hasMessageContaining("unknown");
    }

    @Test
    void maskingAllocatesNothing() {
        // Given
        Conditions conditions =
                new Conditions(
                        List.of(model.soloist()),
                        List.of(GridMeter.COMMON_TIME),
                        List.of(new GridTempo(0, 500_000)),
                        Conditions.UNKNOWN_STYLE);
        EventContext context = new EventContext(conditions);
        ControlMask mask =
                new ControlMask(
                        new Controls(new Tonality("C", Scale.BLUES), new PitchRange(48, 72), 3, 4),
                        conditions,
                        context);
        boolean[] legal = new boolean[Vocabulary.SIZE];
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        int rounds = 20_000;
        for (int i = -rounds; i < rounds; i++) {
            if (i == 0) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            // When
            Arrays.fill(legal, true);
            mask.restrict(legal);
            int pitch = 72;
            while (pitch > 0 && !(legal[pitch] && context.legal(pitch))) {
                pitch--;
            }
            if (pitch > 0 && !context.frameHasNote()) {
                context.accept(pitch, Durations.exactClass(12), 8);
                mask.struck(Durations.exactClass(12));
            } else {
                context.accept(Vocabulary.advance(Vocabulary.MAX_ADVANCE_STEPS), 0, 0);
            }
        }
        // Then: less than a byte a round, where one boxed number would be sixteen
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(rounds);
    }

    private static GenerationRequest anyRequest(SplittableRandom random) {
        Controls controls = anyControls(random);
        Length length =
                switch (random.nextInt(3)) {
                    case 0 -> new Length.Notes(1 + random.nextInt(200));
                    case 1 -> new Length.Bars(1 + random.nextInt(40));
                    default -> new Length.Seconds(1 + random.nextInt(90));
                };
        int[] pitches = IntStream.range(0, 128).filter(controls::allows).toArray();
        return new GenerationRequest(
                null,
                random.nextBoolean()
                        ? new Start.Random()
                        : new Start.ChosenNote(pitches[random.nextInt(pitches.length)]),
                length,
                SamplingRequest.NONE,
                null,
                null,
                METERS.get(random.nextInt(METERS.size())),
                null,
                controls,
                random.nextBoolean(),
                null);
    }

    private static Controls anyControls(SplittableRandom random) {
        while (true) {
            int lowest = random.nextInt(128);
            try {
                return new Controls(
                        random.nextBoolean()
                                ? new Tonality(
                                        "CDEFGAB".substring(random.nextInt(7)).substring(0, 1),
                                        SCALES.get(random.nextInt(SCALES.size())))
                                : null,
                        random.nextBoolean()
                                ? new PitchRange(lowest, lowest + random.nextInt(128 - lowest))
                                : null,
                        random.nextBoolean() ? 1 + random.nextInt(8) : null,
                        random.nextBoolean() ? 1 + random.nextInt(12) : null);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("lies in pitchRange");
            }
        }
    }

    private static GenerationRequest request(Start start, Controls controls) {
        return new GenerationRequest(
                null,
                start,
                new Length.Notes(80),
                SamplingRequest.NONE,
                null,
                null,
                null,
                null,
                controls,
                false,
                null);
    }

    private static GenerationRequest inStyle(GenerationRequest request, @Nullable String style) {
        return new GenerationRequest(
                request.model(),
                request.start(),
                request.length(),
                request.sampling(),
                request.seed(),
                request.tempoBpm(),
                request.meter(),
                style,
                request.controls(),
                request.includePrompt(),
                request.deadlineSeconds());
    }

    private static Composition compose(GenerationRequest request, long seed) throws Exception {
        try (Engine engine = new Engine(model, new EngineSettings(1, 4))) {
            return engine.compose(request, seed, Sampling.DEFAULT).await(PATIENCE);
        }
    }
}
