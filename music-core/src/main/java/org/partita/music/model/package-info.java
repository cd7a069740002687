/** What a trained model says about itself: the manifest of a model bundle. */
@NullMarked
package org.partita.music.model;

import org.jspecify.annotations.NullMarked;
