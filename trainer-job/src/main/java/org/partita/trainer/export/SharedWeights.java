package org.partita.trainer.export;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.partita.trainer.network.Weights;

/**
 * The one file that holds the float arrays of all graphs of a bundle, as ONNX <em>external
 * data</em>: little-endian, each array once, each at a multiple of {@value #ALIGNMENT} bytes. A
 * graph only names offset and length.
 */
final class SharedWeights {

    static final int ALIGNMENT = 64;

    private record Slot(Weights.Array array, long offset) {}

    private final String fileName;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private long end;

    /**
     * @param fileName what the graphs call the file, relative to themselves
     */
    SharedWeights(String fileName) {
        this.fileName = fileName;
    }

    void put(String name, Weights.Array array) {
        Slot slot = new Slot(array, end);
        if (slots.putIfAbsent(name, slot) != null) {
            throw new IllegalArgumentException("there is already an array named " + name);
        }
        long length = (long) array.values().length * Float.BYTES;
        end = (end + length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** An initializer that points into the file. */
    TensorProto reference(String name) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw new IllegalArgumentException("no array named " + name);
        }
        TensorProto.Builder tensor =
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                        .addExternalData(entry("location", fileName))
                        .addExternalData(entry("offset", Long.toString(slot.offset)))
                        .addExternalData(
                                entry(
                                        "length",
                                        Long.toString(
                                                (long) slot.array.values().length * Float.BYTES)));
        for (int extent : slot.array.shape()) {
            tensor.addDims(extent);
        }
        return tensor.build();
    }

    List<Integer> shape(String name) {
        List<Integer> shape = new ArrayList<>();
        reference(name).getDimsList().forEach(extent -> shape.add(Math.toIntExact(extent)));
        return shape;
    }

    /** Writes the file into {@code directory}. */
    void write(Path directory) throws IOException {
        try (OutputStream out = Files.newOutputStream(directory.resolve(fileName))) {
            long written = 0;
            for (Slot slot : slots.values()) {
                out.write(new byte[Math.toIntExact(slot.offset - written)]);
                float[] values = slot.array.values();
                ByteBuffer bytes =
                        ByteBuffer.allocate(values.length * Float.BYTES)
                                .order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(values);
                out.write(bytes.array());
                written = slot.offset + bytes.capacity();
            }
        }
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
