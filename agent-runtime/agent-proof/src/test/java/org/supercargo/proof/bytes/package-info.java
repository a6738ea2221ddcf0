/// What an engine in the attacker's hands builds for the signer: any bytes, well-formed or not.
@NullMarked
package org.supercargo.proof.bytes;

import org.jspecify.annotations.NullMarked;
