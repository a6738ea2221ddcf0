/// The engine's side of the signer: what is asked, what is answered.
@NullMarked
package org.supercargo.engine.signing;

import org.jspecify.annotations.NullMarked;
