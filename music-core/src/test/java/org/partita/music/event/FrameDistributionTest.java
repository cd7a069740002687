package org.partita.music.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FrameDistributionTest {

    private static final int C = 60;
    private static final int E = 64;

    @Test
    void countsTheFramesOfOnePartAndPutsTheMostFrequentFirst() {
        EventSequence piece =
                new EventSequence.Builder()
                        .add(C, 5, 8)
                        .add(Vocabulary.advance(6), 0, 0)
                        .add(E, 5, 8)
                        .add(C, 5, 8)
                        .add(Vocabulary.advance(12), 0, 0)
                        .add(E, 5, 8)
                        .add(C, 5, 8)
                        .add(Vocabulary.advance(12), 0, 0)
                        .add(C, 5, 8)
                        .add(Vocabulary.part(1), 0, 0)
                        .add(C, 5, 8)
                        .add(Vocabulary.advance(12), 0, 0)
                        .add(C, 5, 8)
                        .add(Vocabulary.END, 0, 0)
                        .build();

        FrameDistribution frames = new FrameDistribution.Counter().add(piece).mostFrequent(10);

        assertThat(frames.size()).isEqualTo(2);
        assertThat(frames.count(0)).isEqualTo(2);
        assertThat(frames.frame(0).size()).isEqualTo(3);
        assertThat(frames.draw(0)).isEqualTo(frames.frame(0));
        assertThat(frames.draw(0.66)).isEqualTo(frames.frame(0));
        assertThat(frames.draw(0.67)).isEqualTo(frames.frame(1));
        assertThat(frames.draw(Math.nextDown(1.0))).isEqualTo(frames.frame(1));
    }

    @Test
    void readsWhatItWrote() throws IOException {
        FrameDistribution frames =
                new FrameDistribution.Counter()
                        .add(
                                new EventSequence.Builder()
                                        .add(C, 47, 15)
                                        .add(Vocabulary.advance(96), 0, 0)
                                        .build())
                        .mostFrequent(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frames.write(bytes);

        FrameDistribution read =
                FrameDistribution.read(new ByteArrayInputStream(bytes.toByteArray()));

        assertThat(read.size()).isEqualTo(1);
        assertThat(read.frame(0)).isEqualTo(frames.frame(0));
        assertThat(read.count(0)).isEqualTo(1);
    }

    @Test
    void refusesAnythingElse() {
        assertThatThrownBy(() ->
                        FrameDistribution.read(new ByteArrayInputStream(new byte[] {1, 2, 3, 4})))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new FrameDistribution.Counter().mostFrequent(1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
