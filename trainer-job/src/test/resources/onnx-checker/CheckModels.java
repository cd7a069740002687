import org.bytedeco.javacpp.Loader;
import org.bytedeco.onnx.global.onnx;

/**
 * Runs ONNX's own checker, with shape inference, over the model files given as arguments. It knows
 * no operator of ONNX Runtime's own and passes over them. Started from source in a JVM of its own:
 * the checker's JavaCPP is older than libtorch's.
 */
class CheckModels {

    public static void main(String[] files) {
        Loader.load(onnx.class);
        for (String file : files) {
            boolean inferShapes = true;
            boolean skipOpsetCompatibility = false;
            boolean checkCustomDomain = false;
            onnx.check_model(file, inferShapes, skipOpsetCompatibility, checkCustomDomain);
            System.out.println("valid " + file);
        }
    }
}
