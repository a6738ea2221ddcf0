/// Private keys: encrypted at rest, in byte arrays while in use.
@NullMarked
package org.supercargo.signer.key;

import org.jspecify.annotations.NullMarked;
