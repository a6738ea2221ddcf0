/// The Unix-domain socket between the engine and the signer, from both ends.
@NullMarked
package org.supercargo.signer.socket;

import org.jspecify.annotations.NullMarked;
