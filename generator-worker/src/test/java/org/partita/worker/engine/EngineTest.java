package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partita.music.Key;
import org.partita.music.MeterChange;
import org.partita.music.Note;
import org.partita.music.Part;
import org.partita.music.Scale;
import org.partita.music.Score;
import org.partita.music.TempoChange;
import org.partita.music.Ticks;
import org.partita.music.Tonality;
import org.partita.music.event.Close;
import org.partita.music.event.Grid;
import org.partita.music.event.GridNote;
import org.partita.music.midi.MidiReader;
import org.partita.music.midi.MidiWriter;
import org.partita.protocol.Controls;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.Meter;
import org.partita.protocol.Progress;
import org.partita.protocol.Sampling;
import org.partita.protocol.SamplingRequest;
import org.partita.protocol.Start;

class EngineTest {

    private static final Sampling SAMPLING = Sampling.DEFAULT;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 500})
    void composesExactlyAsManyNotesAsAskedFor(int notes) throws Exception {
        Composition piece = compose(request(new Start.Random(), new Length.Notes(notes)), 1);

        assertThat(read(piece).noteCount()).isEqualTo(notes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void composesExactlyAsManyBarsAsAskedFor(int bars) throws Exception {
        GenerationRequest request =
                inMeter(new Start.Random(), new Length.Bars(bars), new Meter(3, 4), 90);

        Composition piece = compose(request, 2);

        Score score = read(piece);
        Ticks end = new Ticks((long) bars * 3 * score.ticksPerQuarter());
        assertThat(score.noteCount()).isPositive();
        assertThat(score.meters()).containsExactly(new MeterChange(Ticks.ZERO, 3, 4));
        assertThat(score.end()).isLessThanOrEqualTo(end);
        assertThat(EndOfTrack.of(piece.midi())).isEqualTo(end.value());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 30})
    void lastsExactlyAsManySecondsAsAskedFor(int seconds) throws Exception {
        GenerationRequest request =
                inMeter(new Start.ChosenNote(60), new Length.Seconds(seconds), null, 97);

        Composition piece = compose(request, 3);

        Score score = read(piece);
        double secondsPerTick =
                score.tempos().getFirst().microsecondsPerQuarter() / 1e6 / score.ticksPerQuarter();
        long end = EndOfTrack.of(piece.midi());
        assertThat(Math.abs(end * secondsPerTick - seconds)).isLessThanOrEqualTo(secondsPerTick);
        assertThat(score.end().value()).isLessThanOrEqualTo(end);
    }

    @Test
    void beginsWithTheChosenNote() throws Exception {
        for (int pitch : new int[] {0, 60, 127}) {
            Composition piece =
                    compose(request(new Start.ChosenNote(pitch), new Length.Notes(20)), pitch);

            List<Note> notes = read(piece).parts().getFirst().notes();
            assertThat(notes).hasSize(20);
            assertThat(notes.getFirst().pitch()).isEqualTo(pitch);
            assertThat(notes.getFirst().start()).isEqualTo(Ticks.ZERO);
        }
    }

    @Test
    void closesOnTheTonicOfTheKeyAskedFor() throws Exception {
        Key key = new Key(3, true);
        Controls controls =
                new Controls(new Tonality("Eb", Scale.HARMONIC_MINOR), null, null, null);
        for (int seed = 0; seed < 30; seed++) {
            GenerationRequest request = afterRandomFrames(new Length.Notes(60), controls, false);

            List<GridNote> notes = notes(request, seed);

            assertThat(key.isTonic(lowestAtTheEnd(notes))).isTrue();
            assertThat(notes.subList(60 - Close.NOTES, 60))
                    .allMatch(note -> key.inTriad(note.pitch()));
            assertThat(notes.getLast().durationSteps()).isGreaterThanOrEqualTo(Close.REST_STEPS);
        }
    }

    /** Not always: a low note that sounds on may leave no tonic below it. */
    @Test
    void mostlyEndsOnAToneOfTheTriadAboveTheLowestNote() throws Exception {
        int onTriad = 0;
        for (int seed = 0; seed < 60; seed++) {
            List<GridNote> notes = notes(request(new Start.Random(), new Length.Notes(60)), seed);

            int root = lowestAtTheEnd(notes) % 12;
            int last = notes.getLast().pitch();
            if (new Key(root, false).inTriad(last) || new Key(root, true).inTriad(last)) {
                onTriad++;
            }
        }
        // By chance it would be a third of them.
        assertThat(onTriad).isGreaterThan(50);
    }

    @Test
    void closesAtTheEndOfATime() throws Exception {
        Key key = new Key(3, false);
        Controls controls = new Controls(new Tonality("Eb", Scale.MAJOR), null, null, null);
        int end = 6 * Grid.STEPS_PER_WHOLE;
        for (int seed = 0; seed < 30; seed++) {
            GenerationRequest request = afterRandomFrames(new Length.Bars(6), controls, false);

            List<GridNote> notes = notes(request, seed);

            assertThat(key.isTonic(lowestAtTheEnd(notes))).isTrue();
            assertThat(notes)
                    .filteredOn(note -> note.startStep() >= end - Close.STEPS)
                    .isNotEmpty()
                    .allMatch(note -> key.inTriad(note.pitch()))
                    .allMatch(note -> note.startStep() <= end - Close.REST_STEPS);
        }
    }

    /** The lowest pitch that sounds when the last note is struck. */
    private static int lowestAtTheEnd(List<GridNote> notes) {
        int last = notes.getLast().startStep();
        return notes.stream()
                .filter(note -> note.endStep() > last)
                .mapToInt(GridNote::pitch)
                .min()
                .orElseThrow();
    }

    private static List<GridNote> notes(GenerationRequest request, long seed) throws Exception {
        try (Engine engine = new Engine(model, new EngineSettings(1, 1))) {
            Composing piece = engine.compose(request, seed, SAMPLING);
            piece.await(PATIENCE);
            return piece.notesFrom(0);
        }
    }

    @Test
    void keepsThePromptOnlyWhereItIsAskedFor() throws Exception {
        GenerationRequest bare = request(new Start.Random(), new Length.Notes(30));
        GenerationRequest whole = afterRandomFrames(new Length.Notes(30), Controls.NONE, true);

        Score without = read(compose(bare, 5));
        Score with = read(compose(whole, 5));

        List<Note> all = with.parts().getFirst().notes();
        assertThat(without.noteCount()).isEqualTo(30);
        assertThat(all).hasSizeGreaterThanOrEqualTo(30 + 50);
        List<Note> end = all.subList(all.size() - 30, all.size());
        Ticks shift =
                end.getFirst().start().minus(without.parts().getFirst().notes().getFirst().start());
        assertThat(shift.value() % (4L * without.ticksPerQuarter())).isZero();
        assertThat(end.stream().map(Note::pitch))
                .containsExactlyElementsOf(
                        without.parts().getFirst().notes().stream().map(Note::pitch).toList());
    }

    @Test
    void continuesAFile() throws Exception {
        Composition first = compose(request(new Start.Random(), new Length.Bars(40)), 8);
        Start start = new Start.Midi(Base64.getEncoder().encodeToString(first.midi()));

        Composition second = compose(request(start, new Length.Notes(25)), 9);

        assertThat(read(second).noteCount()).isEqualTo(25);
        assertThat(second.sha256())
                .isEqualTo(compose(request(start, new Length.Notes(25)), 9).sha256());
    }

    @Test
    void cutsAPromptThatOutlastsTheResult() throws Exception {
        Start held = file(new MeterChange(Ticks.ZERO, 4, 4), 16);

        Score score = read(compose(after(held, new Length.Bars(1), Controls.NONE, true), 3));

        long end = 2 * 4L * score.ticksPerQuarter();
        assertThat(score.parts().getFirst().notes())
                .allMatch(note -> note.end().value() <= end)
                .anyMatch(note -> note.start().equals(Ticks.ZERO) && note.end().value() == end);
    }

    @Test
    void refusesToContinueAFileBeyondWhatAFileHolds() {
        Start slow = file(new MeterChange(Ticks.ZERO, 255, 1), 4);

        assertThatThrownBy(() -> compose(request(slow, new Length.Bars(2_000)), 1))
                .isInstanceOf(UnusableRequestException.class)
                .hasMessageContaining("255/1");
    }

    /** A file of one note. */
    private static Start file(MeterChange meter, int quarters) {
        Note note = new Note(60, 80, Ticks.ZERO, new Ticks(480L * quarters));
        Score score =
                new Score(
                        480,
                        List.of(new Part("Piano", 0, false, List.of(note))),
                        List.of(new TempoChange(Ticks.ZERO, 500_000)),
                        List.of(meter),
                        List.of());
        return new Start.Midi(Base64.getEncoder().encodeToString(MidiWriter.write(score)));
    }

    @Test
    void saysWhatIsWrongWithAFileItCannotContinue() {
        Start broken =
                new Start.Midi(
                        Base64.getEncoder()
                                .encodeToString(
                                        "MThd is not enough of it"
                                                .getBytes(StandardCharsets.US_ASCII)));

        assertThatThrownBy(() -> compose(request(broken, new Length.Notes(5)), 1))
                .isInstanceOf(UnusableRequestException.class);
    }

    @Test
    void sameSeedGivesSameBytesAndAnotherSeedOthers() throws Exception {
        GenerationRequest request = request(new Start.Random(), new Length.Notes(60));

        String first = compose(request, 42).sha256();
        String second = compose(request, 42).sha256();
        String other = compose(request, 43).sha256();

        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void tellsNotesAndProgressWhileItComposes() throws Exception {
        try (Engine engine = new Engine(model, new EngineSettings(1, 2))) {
            Composing piece =
                    engine.compose(
                            request(new Start.Random(), new Length.Notes(3_000)), 6, SAMPLING);
            List<GridNote> seen = new ArrayList<>();
            Progress before = piece.progress();
            while (!piece.isDone()) {
                seen.addAll(piece.notesFrom(seen.size()));
                Progress now = piece.progress();
                assertThat(now.done()).isGreaterThanOrEqualTo(before.done());
                before = now;
                LockSupport.parkNanos(1_000_000);
            }
            seen.addAll(piece.notesFrom(seen.size()));

            Composition composition = piece.await(PATIENCE);

            assertThat(piece.progress()).isEqualTo(new Progress(3_000, 3_000));
            assertThat(seen).hasSize(3_000);
            assertThat(seen.stream().map(note -> (long) note.startStep()))
                    .isSorted()
                    .containsExactlyElementsOf(
                            LongStream.range(0, 3_000)
                                    .mapToObj(i ->
                                            composition
                                                            .score()
                                                            .parts()
                                                            .getFirst()
                                                            .notes()
                                                            .get((int) i)
                                                            .start()
                                                            .value()
                                                    / 20)
                                    .toList());
        }
    }

    @Test
    void letsGoOfAPieceThatIsCanceled() {
        try (Engine engine = new Engine(model, new EngineSettings(1, 1))) {
            Composing endless =
                    engine.compose(
                            request(new Start.Random(), new Length.Notes(20_000)), 6, SAMPLING);
            Composing next =
                    engine.compose(request(new Start.Random(), new Length.Notes(5)), 6, SAMPLING);
            assertThatThrownBy(() -> endless.await(Duration.ofMillis(20)))
                    .isInstanceOf(TimeoutException.class);

            endless.cancel();

            assertThatThrownBy(() -> endless.await(PATIENCE))
                    .isInstanceOf(CancellationException.class);
            assertThat(sha256(next)).isNotEmpty();
        }
    }

    @Test
    void endsWhatIsUnfinishedWhenItCloses() {
        Engine engine = new Engine(model, new EngineSettings(1, 1));
        Composing live =
                engine.compose(request(new Start.Random(), new Length.Notes(20_000)), 6, SAMPLING);
        Composing waiting =
                engine.compose(request(new Start.Random(), new Length.Notes(20_000)), 6, SAMPLING);

        engine.close();

        assertThatThrownBy(() -> live.await(PATIENCE)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> waiting.await(PATIENCE)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() ->
                        engine.compose(
                                request(new Start.Random(), new Length.Notes(1)), 1, SAMPLING))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void writesIntoTheFileHowToMakeItAgain() throws Exception {
        Sampling sampling = new Sampling(0.9, 40, 0.95, 0.01);
        Composition piece;
        try (Engine engine = new Engine(model, new EngineSettings(1, 4))) {
            piece =
                    engine.compose(
                                    request(new Start.ChosenNote(64), new Length.Bars(4)),
                                    77,
                                    sampling)
                            .await(PATIENCE);
        }

        Provenance found = Provenance.find(read(piece).texts()).orElseThrow();

        assertThat(found.modelSha256()).isEqualTo(model.manifest().fingerprint());
        GenerationRequest request = found.request();
        Long seed = request.seed();
        assertThat(seed).isEqualTo(77);
        Composition again;
        try (Engine engine = new Engine(model, new EngineSettings(1, 4))) {
            again =
                    engine.compose(
                                    request,
                                    seed == null ? 0 : seed,
                                    request.sampling().resolve(Sampling.DEFAULT))
                            .await(PATIENCE);
        }
        assertThat(again.midi()).isEqualTo(piece.midi());
    }

    /** This one would otherwise wait nineteen quarter notes for its orchestra. */
    @Test
    void noComposedPauseIsLongerThanTwoWholeNotes() throws Exception {
        GenerationRequest request = request(new Start.ChosenNote(102), new Length.Notes(300));
        Score score;
        try (ModelBundle shipped =
                        ModelBundle.load(DeterminismTest.shipped(), ExecutionProvider.CPU);
                Engine engine = new Engine(shipped, new EngineSettings(1, 1))) {
            score = read(engine.compose(request, 1000169, SAMPLING).await(PATIENCE));
        }

        List<Note> notes =
                score.parts().stream()
                        .flatMap(part -> part.notes().stream())
                        .sorted(Comparator.comparingLong(note -> note.start().value()))
                        .toList();
        long longest = 0;
        long silentFrom = 0;
        for (Note note : notes) {
            longest = Math.max(longest, note.start().value() - silentFrom);
            silentFrom = Math.max(silentFrom, note.end().value());
        }
        assertThat(longest).isLessThanOrEqualTo(2L * 4 * score.ticksPerQuarter());
    }

    private static Composition compose(GenerationRequest request, long seed) throws Exception {
        try (Engine engine = new Engine(model, new EngineSettings(1, 4))) {
            return engine.compose(request, seed, SAMPLING).await(PATIENCE);
        }
    }

    private static String sha256(Composing piece) {
        try {
            return piece.await(PATIENCE).sha256();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static Score read(Composition piece) throws IOException {
        return MidiReader.read(piece.midi(), "piece.mid");
    }

    private static GenerationRequest request(Start start, Length length) {
        return GenerationRequest.of(start, length);
    }

    private static GenerationRequest afterRandomFrames(
            Length length, Controls controls, boolean includePrompt) {
        return after(new Start.Random(), length, controls, includePrompt);
    }

    private static GenerationRequest after(
            Start start, Length length, Controls controls, boolean includePrompt) {
        return new GenerationRequest(
                null,
                start,
                length,
                SamplingRequest.NONE,
                null,
                null,
                null,
                null,
                controls,
                includePrompt,
                null);
    }

    private static GenerationRequest inMeter(
            Start start, Length length, @Nullable Meter meter, int tempoBpm) {
        return new GenerationRequest(
                null,
                start,
                length,
                SamplingRequest.NONE,
                null,
                tempoBpm,
                meter,
                null,
                Controls.NONE,
                false,
                null);
    }
}
