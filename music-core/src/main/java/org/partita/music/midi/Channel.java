package org.partita.music.midi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.partita.music.Part;

/**
 * Where a part is sent. All percussion goes to the drum channel of the first port. Up to 15 other
 * parts have a channel each; beyond that parts of one program share one, and programs beyond 15 go
 * to the channels of further ports (players without ports hear those on the first one's).
 *
 * @param port 0..127, written as MIDI port event where it is not 0
 * @param number 0..15
 */
record Channel(int port, int number) {

    private static final int MELODIC_CHANNELS = 15;

    /** One channel a part, in the order of the parts. */
    static List<Channel> allocate(List<Part> parts) {
        long melodicParts = parts.stream().filter(part -> !part.percussion()).count();
        boolean share = melodicParts > MELODIC_CHANNELS;
        Map<Integer, Channel> byProgram = new HashMap<>();
        List<Channel> channels = new ArrayList<>(parts.size());
        int next = 0;
        for (Part part : parts) {
            if (part.percussion()) {
                channels.add(new Channel(0, ScoreAssembler.PERCUSSION_CHANNEL));
            } else if (share && byProgram.containsKey(part.program())) {
                channels.add(byProgram.get(part.program()));
            } else {
                Channel channel = melodic(next++);
                byProgram.put(part.program(), channel);
                channels.add(channel);
            }
        }
        return channels;
    }

    private static Channel melodic(int index) {
        int number = index % MELODIC_CHANNELS;
        return new Channel(
                index / MELODIC_CHANNELS,
                number < ScoreAssembler.PERCUSSION_CHANNEL ? number : number + 1);
    }
}
