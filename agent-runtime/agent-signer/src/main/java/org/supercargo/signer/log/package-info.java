/// The signer's own append-only account of what it signed.
@NullMarked
package org.supercargo.signer.log;

import org.jspecify.annotations.NullMarked;
