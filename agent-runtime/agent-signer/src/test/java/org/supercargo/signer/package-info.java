/// Tests of the signer.
@NullMarked
package org.supercargo.signer;

import org.jspecify.annotations.NullMarked;
