package org.partita.trainer.benchmark;

import org.jspecify.annotations.Nullable;

/** Adds up a benchmark's result piece by piece. */
final class Tally {

    private final Protocol protocol;
    private double nats;
    private double firstFrameNats;
    private double meansOfPieces;
    private long frames;
    private long symbols;
    private long firstFrameSymbols;
    private int pieces;

    Tally(Protocol protocol) {
        this.protocol = protocol;
    }

    /**
     * A benchmark's result.
     *
     * @param pieces scored
     * @param frames in them
     * @param symbols in these
     * @param result nats in the protocol's unit
     * @param withoutFirstFrame the same, each piece's first frame left out; null if nothing is left
     * @param meanOfPieces mean of the pieces' own results
     * @param perSymbol nats a symbol
     */
    record Result(
            int pieces,
            long frames,
            long symbols,
            double result,
            @Nullable Double withoutFirstFrame,
            double meanOfPieces,
            double perSymbol) {}

    /** Adds a piece; one without frames says nothing. */
    void add(Protocol.Encoded piece, double pieceNats, double pieceFirstFrameNats) {
        if (piece.frames() == 0) {
            return;
        }
        boolean byFrame = protocol == Protocol.FRAMES;
        nats += pieceNats;
        firstFrameNats += pieceFirstFrameNats;
        frames += piece.frames();
        symbols += piece.symbols().size();
        firstFrameSymbols += piece.firstFrame();
        pieces++;
        meansOfPieces += pieceNats / (byFrame ? piece.frames() : piece.symbols().size());
    }

    Result result() {
        boolean byFrame = protocol == Protocol.FRAMES;
        double all = byFrame ? frames : symbols;
        double later = byFrame ? frames - pieces : symbols - firstFrameSymbols;
        return new Result(
                pieces,
                frames,
                symbols,
                nats / all,
                later == 0 ? null : (nats - firstFrameNats) / later,
                meansOfPieces / pieces,
                nats / symbols);
    }
}
