/// Tests of importing keys.
@NullMarked
package org.supercargo.signer.foreign;

import org.jspecify.annotations.NullMarked;
