package org.partita.music.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class EventContextTest {

    @Property
    void featuresStayBetweenZeroAndOneAndEachOneHotHasOneSet(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long seed) {
        // Given
        EventContext context = after(EventWalks.random(seed, EventWalks.conditions(3), 60));
        float[] features = new float[Features.COUNT];

        // When
        context.writeFeatures(features, 0);

        // Then
        assertThat(features).usingComparatorWithPrecision(0f).doesNotContain(Float.NaN);
        for (float feature : features) {
            assertThat(feature).isBetween(0f, 1f);
        }
        assertThat(sum(features, Features.STEP_IN_QUARTER, Features.QUARTER_IN_BAR)).isEqualTo(1);
        assertThat(sum(features, Features.BAR_LENGTH, Features.BEAT_UNIT)).isEqualTo(1);
        assertThat(sum(features, Features.TEMPO, Features.PHRASE)).isEqualTo(1);
        assertThat(sum(features, Features.NOTES_TO_COME, Features.STEPS_TO_COME)).isEqualTo(1);
        assertThat(sum(features, Features.STEPS_TO_COME, Features.PART)).isEqualTo(1);
        assertThat(sum(features, Features.STYLE, Features.RECENT_PITCH_CLASSES)).isEqualTo(1);
    }

    @Example
    void aMeterChangeBeginsABar() {
        // Given: 4/4 of 96 steps, from step 400 on 6/8 of 72
        EventContext context = new EventContext(EventWalks.conditions(1));

        // When
        for (int i = 0; i < 5; i++) {
            context.accept(Vocabulary.advance(96), 0, 0);
        }

        // Then
        assertThat(context.step()).isEqualTo(480);
        assertThat(context.barStart()).isEqualTo(472);
        assertThat(context.bar()).isEqualTo(6);
    }

    @Example
    void theEndComesNearerWithEachNoteAndStep() {
        // Given: three notes to come, the last of which ends after a quarter note
        EventContext context = new EventContext(EventWalks.conditions(1));
        context.notesToCome(3);
        context.endStep(24);

        // When
        context.accept(60, 0, 0);
        context.accept(Vocabulary.advance(18), 0, 0);

        // Then
        assertThat(context.notesToCome()).isEqualTo(2);
        assertThat(context.stepsToCome()).isEqualTo(6);
        context.accept(60, 0, 0);
        context.accept(Vocabulary.advance(18), 0, 0);
        assertThat(context.stepsToCome()).as("after the end").isZero();
    }

    @Example
    void theLastNotesAreToldOneByOne() {
        assertThat(Features.notesClass(EventContext.UNKNOWN)).isZero();
        for (int notes = 0; notes <= 8; notes++) {
            assertThat(Features.notesClass(notes)).isEqualTo(notes + 1);
        }
        assertThat(Features.notesClass(Integer.MAX_VALUE)).isEqualTo(15);
        assertThat(Features.stepsClass(EventContext.UNKNOWN)).isZero();
        assertThat(Features.stepsClass(0)).isEqualTo(1);
        assertThat(Features.stepsClass(Long.MAX_VALUE)).isEqualTo(15);
    }

    @Example
    void theProductOfTwoPhasesDependsOnTheirDistanceOnly() {
        // Given
        double near = phaseProduct(0, 3);
        double far = phaseProduct(1000, 1003);

        // Then
        assertThat(far).isCloseTo(near, within(1e-4));
    }

    private static double phaseProduct(int firstBar, int secondBar) {
        float[] first = phaseAtBar(firstBar);
        float[] second = phaseAtBar(secondBar);
        double product = 0;
        for (int i = 0; i < Features.PHASES; i++) {
            product += first[i] * second[i];
        }
        return product;
    }

    private static float[] phaseAtBar(int bar) {
        EventContext context =
                new EventContext(
                        Conditions.of(
                                new GridScore(
                                        List.of(GridPart.PIANO), List.of(), List.of(), List.of())));
        for (int i = 0; i < bar; i++) {
            context.accept(Vocabulary.advance(96), 0, 0);
        }
        float[] phase = new float[Features.PHASES];
        context.writePhase(phase, 0);
        return phase;
    }

    private static EventContext after(EventSequence events) {
        EventContext context = new EventContext(EventWalks.conditions(3));
        for (int i = 0; i < events.size() - 1; i++) {
            context.accept(events.token(i), events.durationClass(i), events.velocityClass(i));
        }
        return context;
    }

    private static float sum(float[] features, int from, int until) {
        float sum = 0;
        for (int i = from; i < until; i++) {
            sum += features[i];
        }
        return sum;
    }
}
