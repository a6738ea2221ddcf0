/// A second opinion on what leaves a wallet, read without the codecs, the engine or the mandate.
@NullMarked
package org.supercargo.proof.reading;

import org.jspecify.annotations.NullMarked;
