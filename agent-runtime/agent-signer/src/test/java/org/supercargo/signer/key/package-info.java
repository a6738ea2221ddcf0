/// Tests of the key store.
@NullMarked
package org.supercargo.signer.key;

import org.jspecify.annotations.NullMarked;
