/** The GRU and attention network on libtorch, its shape and its named weights. */
@NullMarked
package org.partita.trainer.network;

import org.jspecify.annotations.NullMarked;
