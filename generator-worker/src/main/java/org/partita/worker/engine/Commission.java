package org.partita.worker.engine;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.partita.music.Score;
import org.partita.music.TempoChange;
import org.partita.music.Ticks;
import org.partita.music.event.Grid;
import org.partita.music.event.GridMeter;
import org.partita.music.event.GridPart;
import org.partita.music.event.GridTempo;
import org.partita.music.midi.MidiFormatException;
import org.partita.music.midi.MidiReader;
import org.partita.protocol.Controls;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.JobError;
import org.partita.protocol.Meter;
import org.partita.protocol.Sampling;
import org.partita.protocol.Start;

/**
 * A request made ready for composing; immutable.
 *
 * @param request what was asked for
 * @param sampling complete settings
 * @param chance all random numbers of the piece
 * @param prompt what the model hears first
 * @param firstPitch key of the result's first note, if it was chosen
 * @param goal when the piece is finished
 */
record Commission(
        GenerationRequest request,
        Sampling sampling,
        Chance chance,
        Prompt prompt,
        OptionalInt firstPitch,
        Goal goal) {

    /**
     * @param model whose first instrument plays where the start does not say who does
     * @throws UnusableRequestException if the start is a file that cannot be continued so far, or
     *     if the model does not know the style
     */
    static Commission of(
            GenerationRequest request, long seed, Sampling sampling, ModelBundle model) {
        List<GridPart> parts = List.of(model.soloist());
        GridMeter meter = meter(request);
        GridTempo tempo = tempo(request);
        GridMeter firstMeter = meter == null ? GridMeter.COMMON_TIME : meter;
        GridTempo firstTempo =
                tempo == null ? tempo(model.manifest().defaults().tempoBpm()) : tempo;
        Controls controls = request.controls();
        int style = model.style(request.style());
        Chance chance = new Chance(seed);
        Prompt prompt =
                switch (request.start()) {
                    case Start.Random _ ->
                            Prompt.random(
                                    parts,
                                    firstMeter,
                                    firstTempo,
                                    style,
                                    controls,
                                    model.frames(),
                                    chance);
                    case Start.ChosenNote _ -> Prompt.empty(parts, firstMeter, firstTempo, style);
                    case Start.Midi midi ->
                            Prompt.continuation(read(midi), style, controls)
                                    .withChanges(meter, tempo);
                };
        OptionalInt firstPitch =
                request.start() instanceof Start.ChosenNote chosen
                        ? OptionalInt.of(chosen.pitch())
                        : OptionalInt.empty();
        Goal goal = Goal.of(request.length(), prompt.meter(), prompt.tempo());
        if (prompt.originStep() + goal.steps() > Grid.MAX_STEPS) {
            throw new UnusableRequestException(
                    JobError.Code.PROMPT_UNUSABLE,
                    "in the prompt's meter %d/%d and tempo of %.1f the piece would be longer than %,d quarter notes"
                            .formatted(
                                    prompt.meter().numerator(),
                                    prompt.meter().denominator(),
                                    prompt.tempo().beatsPerMinute(),
                                    Grid.MAX_STEPS / Grid.STEPS_PER_QUARTER));
        }
        return new Commission(request, sampling, chance, prompt, firstPitch, goal);
    }

    private static @Nullable GridMeter meter(GenerationRequest request) {
        Meter meter = request.meter();
        return meter == null ? null : new GridMeter(0, meter.beats(), meter.unit());
    }

    private static @Nullable GridTempo tempo(GenerationRequest request) {
        Integer bpm = request.tempoBpm();
        return bpm == null ? null : tempo(bpm);
    }

    private static GridTempo tempo(double bpm) {
        return new GridTempo(
                0, TempoChange.ofBeatsPerMinute(Ticks.ZERO, bpm).microsecondsPerQuarter());
    }

    private static Score read(Start.Midi midi) {
        try {
            return MidiReader.read(midi.bytes(), "prompt");
        } catch (MidiFormatException e) {
            throw new UnusableRequestException(
                    JobError.Code.PROMPT_UNUSABLE, "the prompt cannot be read: " + e.reason(), e);
        }
    }
}
