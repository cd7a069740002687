package org.partita.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partita.music.Scale;
import org.partita.music.Tonality;

class JobCodecTest {

    private final JobCodec codec = new JobCodec();

    @Test
    void smallestRequestTakesEveryDefault() {
        // When
        GenerationRequest request = read("{'start':{'kind':'random'},'length':{'notes':500}}");
        // Then
        assertThat(request)
                .isEqualTo(GenerationRequest.of(new Start.Random(), new Length.Notes(500)));
    }

    @Test
    void completeRequestSurvivesTheRoundTrip() {
        // Given
        GenerationRequest request =
                read(
                        """
                        {'model':'piano','start':{'kind':'note','pitch':63},'length':{'bars':8},
                         'sampling':{'temperature':0.9,'topK':40,'topP':0.95,'minP':0.02},
                         'seed':9007199254740991,'tempoBpm':96,'meter':'3/4','style':'Żeleński',
                         'controls':{'key':{'tonic':'Eb','scale':'harmonicMinor'},
                         'pitchRange':{'lowest':48,'highest':84},'maxPolyphony':4,'maxNotesPerBeat':6},
                         'includePrompt':true,
                         'deadlineSeconds':60}\
                        """);
        // When
        GenerationRequest again = codec.readRequest(codec.writeRequest(request));
        // Then
        assertThat(again).isEqualTo(request);
        assertThat(again.meter()).isEqualTo(new Meter(3, 4));
        assertThat(again.controls())
                .isEqualTo(
                        new Controls(
                                new Tonality("Eb", Scale.HARMONIC_MINOR),
                                new PitchRange(48, 84),
                                4,
                                6));
    }

    @Test
    void emptyControlsAreNone() {
        // When
        GenerationRequest request =
                read("{'start':{'kind':'random'},'length':{'notes':5},'controls':{}}");
        // Then
        assertThat(request)
                .isEqualTo(GenerationRequest.of(new Start.Random(), new Length.Notes(5)));
        assertThat(new String(codec.writeRequest(request), UTF_8)).doesNotContain("controls");
    }

    @Test
    void messagesAndWorkersOfTheFirstVersionAreStillRead() {
        // When
        GenerationJob job =
                codec.readJob(
                        """
                        {"version":1,"id":"%s","request":{"start":{"kind":"random"},
                         "length":{"notes":5},"meter":"3/4"},"model":"piano","seed":1,
                         "sampling":{"temperature":1,"topK":0,"topP":0.98,"minP":0},
                         "submittedAt":"2026-11-23T12:00:00Z","deadline":"2026-11-23T12:05:00Z"}\
                        """
                                .formatted("a".repeat(32))
                                .getBytes(UTF_8));
        WorkerStatus worker =
                codec.readWorker(
                        """
                        {"worker":"w","lanes":4,"provider":"CPU","models":[{"name":"piano",
                         "title":"Piano","sha256":"","parameters":1,"instruments":[],
                         "sampling":{"temperature":1,"topK":0,"topP":0.98,"minP":0},
                         "trainedOn":"test"}]}\
                        """
                                .getBytes(UTF_8));
        // Then
        assertThat(job.request().style()).isNull();
        assertThat(job.request().controls()).isEqualTo(Controls.NONE);
        assertThat(worker.models().getFirst().styles()).isEmpty();
    }

    @Test
    void whatALaterVersionTellsOfWorkersAndResultsIsPassedOver() {
        // When
        WorkerStatus worker =
                codec.readWorker(
                        """
                        {"worker":"w","lanes":4,"provider":"CPU","models":[],"later":{"x":1}}\
                        """
                                .getBytes(UTF_8));
        GenerationResult result =
                codec.readResult(
                        """
                        {"sha256":"%1$s","bytes":1,"notes":2,"provider":"CPU",
                         "modelSha256":"%1$s","later":true}\
                        """
                                .formatted("a".repeat(64))
                                .getBytes(UTF_8));
        // Then
        assertThat(worker.lanes()).isEqualTo(4);
        assertThat(result.notes()).isEqualTo(2);
    }

    @Test
    void equalNumbersHaveOneSpelling() {
        // Given
        GenerationRequest one =
                read(
                        "{'length':{'notes':5},'sampling':{'temperature':1},'start':{'kind':'random'}}");
        GenerationRequest other =
                read(
                        "{'start':{'kind':'random'},'length':{'notes':5},'sampling':{'temperature':1.00}}");
        // When
        byte[] written = codec.writeRequest(one);
        // Then
        assertThat(written).isEqualTo(codec.writeRequest(other));
    }

    @Test
    void jobSurvivesTheRoundTrip() {
        // Given
        GenerationJob job =
                new GenerationJob(
                        JobId.draw(new Random(1)),
                        GenerationRequest.of(new Start.ChosenNote(60), new Length.Seconds(30)),
                        "piano",
                        42,
                        new SamplingRequest(0.9, null, null, 0.01),
                        Instant.parse("2026-11-23T12:00:00.123Z"),
                        Instant.parse("2026-11-23T12:05:00Z"),
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        // When
        GenerationJob again = codec.readJob(codec.writeJob(job));
        // Then
        assertThat(again).isEqualTo(job);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {'start':{'kind':'note','pitch':200},'length':{'notes':5}}      | /start/pitch | pitch out of range 0..127: 200
                    {'start':{'kind':'note','pitch':'C'},'length':{'notes':5}}      | /start/pitch | pitch must be a whole number in 0..127, not a string
                    {'start':{'kind':'note','pitch':6.5},'length':{'notes':5}}      | /start/pitch | not a fraction
                    {'start':{'kind':'note'},'length':{'notes':5}}                  | /start/pitch | pitch is required
                    {'start':{'kind':'random'},'length':{'notes':-1}}               | /length/notes | notes out of range 1..20000: -1
                    {'start':{'kind':'random'},'length':{'notes':99999999999999999999}} | /length/notes | notes out of range 1..20000
                    {'start':{'kind':'random'},'length':{}}                         | /length | exactly one of notes
                    {'start':{'kind':'random'},'length':{'notes':1,'bars':1}}       | /length | exactly one of notes
                    {'start':{'kind':'random'},'length':5}                          | /length | length must be an object, not a whole number
                    {'start':{'kind':'random'}}                                     | /length | length is required
                    {'start':{'kind':'fugue'},'length':{'notes':5}}                 | /start/kind | random, note or midi
                    {'start':{'kind':'random','pitch':3},'length':{'notes':5}}      | /start/pitch | unknown field pitch
                    {'start':{'kind':'random'},'length':{'notes':5},'lenght':1}     | /lenght | unknown field lenght
                    {'start':{'kind':'random'},'length':{'notes':5},'a/b':1}        | /a~1b | unknown field a/b
                    {'start':{'kind':'random'},'length':{'notes':5},'seed':-1}      | /seed | seed out of range 0..9007199254740991: -1
                    {'start':{'kind':'random'},'length':{'notes':5},'meter':'3/5'}  | /meter | 2, 4, 8 or 16
                    {'start':{'kind':'random'},'length':{'notes':5},'model':'../x'} | /model | a-z, 0-9
                    {'start':{'kind':'midi','data':'?'},'length':{'notes':5}}       | /start/data | not Base64
                    {'start':{'kind':'midi','data':'AAAA'},'length':{'notes':5}}    | /start/data | MThd
                    {'start':{'kind':'random'},'length':{'notes':5},'sampling':{'topP':0}} | /sampling/topP | topP out of range 0.01..1.0: 0.0
                    {'start':{'kind':'random'},'length':{'notes':5},'sampling':{'temperature':1e999}} | /sampling/temperature | temperature
                    {'start':{'kind':'random'},'length':{'notes':5},'controls':7}  | /controls | controls must be an object
                    {'start':{'kind':'random'},'length':{'notes':5},'controls':{'x':7}}  | /controls/x | unknown field x; known here: key, pitchRange, maxPolyphony, maxNotesPerBeat
                    {'start':{'kind':'random'},'length':{'notes':5},'controls':{'key':{'tonic':'H','scale':'major'}}} | /controls/key/tonic | A..G
                    {'start':{'kind':'random'},'length':{'notes':5},'controls':{'key':{'tonic':'C'}}} | /controls/key/scale | scale is required
                    {'start':{'kind':'random'},'length':{'notes':5},'controls':{'key':{'tonic':'C','scale':'mayor'}}} | /controls/key/scale | scale must be one of major, minor
                    {'start':{'kind':'random'},'length':{'notes':5},'controls':{'pitchRange':{'lowest':60}}} | /controls/pitchRange/highest | highest is required, 0..127
                    {'start':{'kind':'random'},'length':{'notes':5},'controls':{'pitchRange':{'lowest':60,'highest':128}}} | /controls/pitchRange/highest | highest out of range 0..127: 128
                    {'start':{'kind':'random'},'length':{'notes':5},'controls':{'pitchRange':{'lowest':61,'highest':60}}} | /controls/pitchRange | lowest must not be above highest: 61 > 60
                    {'start':{'kind':'random'},'length':{'notes':5},'controls':{'maxPolyphony':0}} | /controls/maxPolyphony | maxPolyphony out of range 1..32: 0
                    {'start':{'kind':'random'},'length':{'notes':5},'controls':{'maxNotesPerBeat':49}} | /controls/maxNotesPerBeat | maxNotesPerBeat out of range 1..48: 49
                    {'start':{'kind':'random'},'length':{'notes':5},'controls':{'key':{'tonic':'C','scale':'major'},'pitchRange':{'lowest':61,'highest':61}}} | /controls | no pitch of the key C major lies in pitchRange 61..61
                    {'start':{'kind':'note','pitch':61},'length':{'notes':5},'controls':{'key':{'tonic':'C','scale':'major'}}} | /start/pitch | pitch must belong to controls.key C major: 61
                    {'start':{'kind':'note','pitch':59},'length':{'notes':5},'controls':{'pitchRange':{'lowest':60,'highest':72}}} | /start/pitch | pitch must lie in controls.pitchRange 60..72: 59
                    {'start':{'kind':'random'},'length':{'notes':5},'style':''}     | /style | style must be a label
                    {'start':{'kind':'random'},'length':{'notes':5},'style':'<b>'}  | /style | style must be a label
                    []                                                              | '' | the body must be an object, not an array
                    """)
    void everyMistakeIsNamedWithFieldAndRange(String body, String pointer, String detail) {
        // When
        InvalidRequestException refused =
                catchThrowableOfType(InvalidRequestException.class, () -> read(body));
        // Then
        assertThat(refused.violations())
                .anySatisfy(violation -> {
                    assertThat(violation.pointer()).isEqualTo(pointer);
                    assertThat(violation.detail()).contains(detail);
                });
    }

    @Test
    void allMistakesAreToldAtOnce() {
        // When
        InvalidRequestException refused =
                catchThrowableOfType(
                        InvalidRequestException.class,
                        () ->
                                read(
                                        "{'start':{'kind':'note','pitch':200},'length':{'notes':-1},'x':1}"));
        // Then
        assertThat(refused.violations())
                .extracting(Violation::pointer)
                .containsExactly("/start/pitch", "/length/notes", "/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{'start':",
                "{'a':1,'a':2}",
                "{} {}",
                "{'a':01}",
                "nonsense",
                "{'seed':1e99999999999999999999999999999999999999999999999999999999}",
                "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]",
            })
    void brokenJsonIsOneClearSentence(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith("not valid JSON: ")
                .message()
                .doesNotContain("jackson", "StreamRead", "Exception")
                .hasSizeLessThan(260);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        // Given
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            // Then
            assertThatThrownBy(() -> codec.readRequest(noise))
                    .isInstanceOfAny(MalformedJsonException.class, InvalidRequestException.class);
        }
    }

    @Test
    void notesAreCompact() {
        // Given
        NotesChunk chunk =
                new NotesChunk(3, List.of(new NotesChunk.ComposedNote(24, 12, 60, 80, 0)), 24, 120);
        // When
        byte[] written = codec.writeNotes(chunk);
        // Then
        assertThat(new String(written, UTF_8))
                .isEqualTo(
                        "{\"from\":3,\"notes\":[[24,12,60,80,0]],\"stepsPerQuarter\":24,\"tempoBpm\":120.0}");
    }

    private GenerationRequest read(String body) {
        return codec.readRequest(body.replace('\'', '"').getBytes(UTF_8));
    }
}
