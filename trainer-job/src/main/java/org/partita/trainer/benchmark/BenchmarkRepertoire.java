package org.partita.trainer.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.partita.trainer.training.EventForm;
import org.partita.trainer.training.Reading;
import org.partita.trainer.training.Repertoire;
import org.partita.trainer.training.TrainingConfig;

/** A benchmark's pieces for the network. */
final class BenchmarkRepertoire implements Repertoire {

    private final Protocol protocol;
    private final List<Protocol.Encoded> encoded;

    BenchmarkRepertoire(Protocol protocol, List<List<List<Integer>>> pieces) {
        this.protocol = protocol;
        this.encoded = pieces.stream().map(piece -> protocol.encode(piece, false)).toList();
    }

    List<Protocol.Encoded> encoded() {
        return encoded;
    }

    @Override
    public EventForm form() {
        return protocol.form();
    }

    @Override
    public int pieces() {
        return encoded.size();
    }

    /** Moved as far as the pitches allow. */
    @Override
    public Reading varied(int piece, TrainingConfig config, RandomGenerator random) {
        int[] symbols = symbols(piece);
        int shift = 0;
        if (random.nextDouble() < config.transposed()) {
            int[] pitches = Arrays.stream(symbols).filter(protocol::isPitch).toArray();
            int lowest = Arrays.stream(pitches).min().orElse(0);
            int highest = Arrays.stream(pitches).max().orElse(0);
            int down = Math.max(LOWEST_SHIFT, protocol.firstPitch() - lowest);
            int up = Math.min(HIGHEST_SHIFT, protocol.lastPitch() - highest);
            shift = random.nextInt(Math.min(down, 0), Math.max(up, 0) + 1);
            for (int i = 0; i < symbols.length; i++) {
                symbols[i] += protocol.isPitch(symbols[i]) ? shift : 0;
            }
        }
        return protocol.reading(symbols, shift);
    }

    @Override
    public Reading plain(int piece, int mostEvents) {
        int[] symbols = symbols(piece);
        return protocol.reading(Arrays.copyOf(symbols, Math.min(symbols.length, mostEvents)), 0);
    }

    private int[] symbols(int piece) {
        var symbols = encoded.get(piece).symbols();
        int[] copy = new int[symbols.size()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = symbols.symbol(i);
        }
        return copy;
    }
}
