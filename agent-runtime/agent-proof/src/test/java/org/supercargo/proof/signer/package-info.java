/// An engine in the attacker's hands against the real signer with the real codecs.
@NullMarked
package org.supercargo.proof.signer;

import org.jspecify.annotations.NullMarked;
