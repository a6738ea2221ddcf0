/// Tests of the signing log.
@NullMarked
package org.supercargo.signer.log;

import org.jspecify.annotations.NullMarked;
