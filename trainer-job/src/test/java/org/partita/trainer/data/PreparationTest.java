package org.partita.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partita.music.event.EventCodec;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.Grid;
import org.partita.music.event.GridScore;
import org.partita.trainer.SampleMusic;
import org.partita.trainer.data.Preparation.Filter;
import org.partita.trainer.data.Preparation.Requirement;
import org.partita.trainer.data.Preparation.Result;
import org.partita.trainer.data.Preparation.Skip;

class PreparationTest {

    private static final Filter EVERYTHING = new Filter(List.of(), List.of(), List.of());

    @TempDir private Path corpus;

    @Test
    void piecesHaveTheEventsOfTheirFiles() throws IOException {
        // Given
        GridScore score = SampleMusic.arpeggios(40, 4);
        SampleMusic.write(corpus.resolve("b/SECOND.MIDI"), SampleMusic.arpeggios(41, 4));
        SampleMusic.write(corpus.resolve("a.mid"), score);

        // When
        Result result = prepare(EVERYTHING);

        // Then
        assertThat(result.skipped()).isEmpty();
        assertThat(result.music().pieces())
                .extracting(piece -> piece.source().path())
                .containsExactly("a.mid", "b/SECOND.MIDI");
        assertThat(result.music().pieces().getFirst().events()).isEqualTo(EventCodec.encode(score));
    }

    @Test
    void badFilesAreReportedWithTheirReasonsAndStopNothing() throws IOException {
        // Given
        Path whole = SampleMusic.write(corpus.resolve("whole.mid"), SampleMusic.arpeggios(40, 4));
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(corpus.resolve("truncated.mid"), Arrays.copyOf(bytes, 12));
        Files.write(corpus.resolve("empty.mid"), new byte[0]);
        Files.writeString(corpus.resolve("words.mid"), "This is not music, it is a sentence.");
        Files.writeString(corpus.resolve("README.txt"), "Not even called music.");
        SampleMusic.write(corpus.resolve("short.mid"), SampleMusic.arpeggios(40, 1));
        List<Path> seen = new ArrayList<>();

        // When
        Result result = new Preparation(EVERYTHING).prepare(List.of(corpus), null, seen::add);

        // Then
        assertThat(result.files()).isEqualTo(5);
        assertThat(seen).hasSize(5);
        assertThat(result.music().pieces())
                .extracting(piece -> piece.source().path())
                .containsExactly("whole.mid");
        assertThat(result.skipped())
                .extracting(Skip::path)
                .containsExactly("empty.mid", "short.mid", "truncated.mid", "words.mid");
        assertThat(result.skipped())
                .allSatisfy(skip -> assertThat(skip.reason()).isNotBlank().isNotEqualTo("null"));
        assertThat(result.skipped())
                .filteredOn(skip -> skip.path().equals("short.mid"))
                .extracting(Skip::reason)
                .containsExactly("fewer than 16 notes");
    }

    @Test
    void linkedDirectoriesAreRead() throws IOException {
        SampleMusic.write(corpus.resolve("whole/a.mid"), SampleMusic.arpeggios(40, 4));
        Path link = Files.createSymbolicLink(corpus.resolve("link"), corpus.resolve("whole"));

        Result result = new Preparation(EVERYTHING).prepare(List.of(link), null, _ -> {});

        assertThat(result.music().pieces())
                .extracting(piece -> piece.source().path())
                .containsExactly("a.mid");
    }

    @Test
    void linkBackToItsOwnDirectoryEndsNothing() throws IOException {
        SampleMusic.write(corpus.resolve("whole/a.mid"), SampleMusic.arpeggios(40, 4));
        Files.createSymbolicLink(corpus.resolve("whole/loop"), corpus);

        assertThat(Preparation.midiFiles(corpus)).containsExactly(corpus.resolve("whole/a.mid"));
    }

    @Test
    void manifestDecidesByLicenceAndColumn() throws IOException {
        // Given
        for (String name : List.of("free", "bought", "clean", "dirty", "unlisted")) {
            SampleMusic.write(
                    corpus.resolve("train/" + name + ".mid"), SampleMusic.arpeggios(40, 2));
        }
        Files.writeString(
                corpus.resolve("MANIFEST.csv"),
                """
                path,composer,title,licence,state
                train/free.mid,"Bach, J. S.","Study in ""C""\",CC0-1.0,
                train/bought.mid,Bach,Study,CC-BY-NC-4.0,
                train/clean.mid,Bach,Study,CC-BY-4.0,very clean
                train/dirty.mid,Bach,Study,CC-BY-4.0,dirty
                """);
        Filter filter =
                new Filter(
                        List.of("CC-BY-NC"),
                        List.of(
                                Requirement.parse("train/clean:state=clean"),
                                Requirement.parse("train/dirty:state=clean")),
                        List.of());

        // When
        Result result =
                new Preparation(filter).prepare(List.of(corpus.resolve("train")), null, _ -> {});

        // Then
        assertThat(result.skipped())
                .extracting(Skip::path, Skip::reason)
                .containsExactly(
                        tuple("bought.mid", "licence CC-BY-NC-4.0"),
                        tuple("dirty.mid", "not train/dirty:state=clean"));
        assertThat(result.music().pieces())
                .extracting(piece -> piece.source().path(), piece -> piece.source().licence())
                .containsExactly(
                        tuple("clean.mid", "CC-BY-4.0"),
                        tuple("free.mid", "CC0-1.0"),
                        tuple("unlisted.mid", ""));
        assertThat(result.music().pieces().get(1).source().composer()).isEqualTo("Bach, J. S.");
        assertThat(result.music().pieces().get(1).source().title()).isEqualTo("Study in \"C\"");
        assertThat(result.music().styles()).containsExactly("unknown", "Bach");
        assertThat(result.music().pieces())
                .extracting(piece -> piece.conditions().style())
                .containsExactly(1, 1, 0);
        assertThat(result.music().filters())
                .contains("without licence CC-BY-NC*", "train/clean:state=clean");
    }

    @Test
    void onlyPartsWithTheWantedProgramsAreKept() throws IOException {
        // Given
        SampleMusic.write(corpus.resolve("bright.mid"), SampleMusic.arpeggios(40, 2), 1);
        SampleMusic.write(corpus.resolve("violin.mid"), SampleMusic.arpeggios(40, 2), 40);

        // When
        Result result = prepare(new Filter(List.of(), List.of(), List.of(0, 1)));

        // Then
        assertThat(result.skipped())
                .containsExactly(new Skip("violin.mid", "no part with these programs"));
        assertThat(result.music().pieces()).hasSize(1);
        assertThat(result.music().pieces().getFirst().conditions().parts())
                .extracting("program")
                .containsExactly(0);
    }

    @Test
    void notesMoveToTheGridThatIsAskedFor() throws IOException {
        // Given: eighth notes
        SampleMusic.write(corpus.resolve("a.mid"), SampleMusic.arpeggios(40, 2), 0);

        // When
        Result result = prepare(new Filter(List.of(), List.of(), List.of(), 1));

        // Then
        EventContext context = new EventContext(result.music().pieces().getFirst().conditions());
        EventSequence events = result.music().pieces().getFirst().events();
        for (int i = 0; i < events.size(); i++) {
            context.accept(events.token(i), events.durationClass(i), events.velocityClass(i));
            assertThat(context.step() % Grid.STEPS_PER_QUARTER).isZero();
        }
        assertThat(result.music().filters()).contains("on a grid of 1 a quarter note");
    }

    @Test
    void gridThatDoesNotDivideAQuarterIsRefused() {
        assertThatThrownBy(() -> new Filter(List.of(), List.of(), List.of(), 5))
                .hasMessage("the grid must divide 24: 5");
    }

    @Test
    void impossibleProgramIsRefused() {
        assertThatThrownBy(() -> new Filter(List.of(), List.of(), List.of(128)))
                .hasMessage("program out of range 0..127: 128");
    }

    @Test
    void requirementWithoutColumnIsRefused() {
        assertThatThrownBy(() -> Requirement.parse("train=clean"))
                .hasMessage("a requirement reads PREFIX:COLUMN=TEXT: train=clean");
    }

    @Test
    void validationMusicCanUseTheLabelsOfTheTrainingMusic() throws IOException {
        // Given
        SampleMusic.write(corpus.resolve("a.mid"), SampleMusic.arpeggios(40, 2));
        Files.writeString(corpus.resolve("MANIFEST.csv"), "path,composer\na.mid,HandelGF\n");

        // When
        Result result =
                new Preparation(EVERYTHING)
                        .prepare(List.of(corpus), List.of("unknown", "Bach", "Handel"), _ -> {});

        // Then
        assertThat(result.music().pieces().getFirst().conditions().style()).isEqualTo(2);
        assertThat(result.music().styles()).containsExactly("unknown", "Bach", "Handel");
    }

    @Test
    void preparedMusicIsReadAsItWasWritten() throws IOException {
        // Given
        SampleMusic.write(corpus.resolve("a.mid"), SampleMusic.arpeggios(40, 2));
        SampleMusic.write(corpus.resolve("b.mid"), SampleMusic.arpeggios(50, 3));
        PreparedMusic music = prepare(EVERYTHING).music();
        Path file = corpus.resolve("music.prepared");

        // When
        music.save(file);

        // Then
        assertThat(PreparedMusic.load(file)).isEqualTo(music);
        assertThat(music.notes()).isEqualTo(45);
    }

    @Test
    void damagedPreparedMusicIsNamed() throws IOException {
        // Given
        SampleMusic.write(corpus.resolve("a.mid"), SampleMusic.arpeggios(40, 2));
        Path file = corpus.resolve("music.prepared");
        prepare(EVERYTHING).music().save(file);
        byte[] bytes = Files.readAllBytes(file);

        // When
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        // Then
        assertThatThrownBy(() -> PreparedMusic.load(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is not prepared music or is damaged");
    }

    private Result prepare(Filter filter) throws IOException {
        return new Preparation(filter).prepare(List.of(corpus), null, _ -> {});
    }
}
