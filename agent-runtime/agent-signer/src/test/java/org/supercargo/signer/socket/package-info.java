/// Tests of the socket and the process.
@NullMarked
package org.supercargo.signer.socket;

import org.jspecify.annotations.NullMarked;
