/** A model bundle read back: its graphs on ONNX Runtime's CPU provider, and its manifest. */
@NullMarked
package org.partita.trainer.bundle;

import org.jspecify.annotations.NullMarked;
