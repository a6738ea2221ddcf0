/// Reads keys that other programs wrote.
@NullMarked
package org.supercargo.signer.foreign;

import org.jspecify.annotations.NullMarked;
