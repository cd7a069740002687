package org.partita.gateway.generation;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.partita.gateway.problem.ProblemException;
import org.partita.gateway.problem.ProblemType;
import org.partita.music.midi.MidiFormatException;
import org.partita.music.midi.MidiReader;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.InvalidRequestException;
import org.partita.protocol.JobCodec;
import org.partita.protocol.MalformedJsonException;
import org.partita.protocol.Start;
import org.partita.protocol.Violation;

/** Reads the body of a submission within its limits of size. */
final class SubmissionBody {

    /** Everything but a prompt's data, in bytes. */
    static final int MAX_BYTES = 16 * 1024;

    private static final int MAX_BYTES_WITH_PROMPT = MAX_BYTES + (Start.Midi.MAX_BYTES + 2) / 3 * 4;

    private final JobCodec codec;

    SubmissionBody(JobCodec codec) {
        this.codec = codec;
    }

    /**
     * The request in the body.
     *
     * @throws MalformedJsonException if it is no JSON
     * @throws InvalidRequestException if it is no valid request
     * @throws ProblemException 413 if it is too large
     */
    GenerationRequest read(HttpServletRequest http) throws IOException {
        if (http.getContentLengthLong() > MAX_BYTES_WITH_PROMPT) {
            throw tooLarge();
        }
        byte[] body = http.getInputStream().readNBytes(MAX_BYTES_WITH_PROMPT + 1);
        if (body.length > MAX_BYTES_WITH_PROMPT) {
            throw tooLarge();
        }
        GenerationRequest request;
        try {
            request = codec.readRequest(body);
        } catch (MalformedJsonException | InvalidRequestException e) {
            if (body.length > MAX_BYTES && !mentionsMidi(body)) {
                throw tooLarge();
            }
            throw e;
        }
        int prompt = request.start() instanceof Start.Midi midi ? midi.data().length() : 0;
        if (body.length - prompt > MAX_BYTES) {
            throw tooLarge();
        }
        if (request.start() instanceof Start.Midi midi) {
            checkPrompt(midi);
        }
        return request;
    }

    private static void checkPrompt(Start.Midi midi) {
        try {
            boolean silent =
                    MidiReader.read(midi.bytes(), "data").parts().stream()
                            .allMatch(part -> part.notes().isEmpty());
            if (silent) {
                throw refused("data holds no notes");
            }
        } catch (MidiFormatException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static InvalidRequestException refused(String detail) {
        return new InvalidRequestException(List.of(new Violation("/start/data", detail)));
    }

    private static boolean mentionsMidi(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1).contains("\"midi\"");
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                ProblemType.PAYLOAD_TOO_LARGE,
                "the body may have at most %d bytes, and a MIDI prompt %d bytes more before Base64"
                        .formatted(MAX_BYTES, Start.Midi.MAX_BYTES));
    }
}
