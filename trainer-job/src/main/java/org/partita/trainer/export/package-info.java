/** A trained network as a model bundle: ONNX graphs over one weights file, manifest and card. */
@NullMarked
package org.partita.trainer.export;

import org.jspecify.annotations.NullMarked;
