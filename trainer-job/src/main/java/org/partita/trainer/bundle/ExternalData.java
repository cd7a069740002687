package org.partita.trainer.bundle;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.partita.trainer.network.Weights;

/** Tensors that a graph keeps in a file beside it, as ONNX <em>external data</em>. */
public final class ExternalData {

    private ExternalData() {}

    /** Whether the tensor's numbers lie in another file. */
    public static boolean holds(TensorProto tensor) {
        return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    }

    /**
     * The tensor's floats.
     *
     * @param file the bytes of that file
     */
    public static Weights.Array read(TensorProto tensor, byte[] file) {
        long offset = 0;
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            if (entry.getKey().equals("offset")) {
                offset = Long.parseLong(entry.getValue());
            }
        }
        int[] shape = tensor.getDimsList().stream().mapToInt(Math::toIntExact).toArray();
        float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(Math.toIntExact(offset))
                .asFloatBuffer()
                .get(values);
        return new Weights.Array(shape, values);
    }
}
