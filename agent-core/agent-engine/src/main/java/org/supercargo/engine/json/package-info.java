/// The one textual form of domain values, for the journal, the store and the signer.
@NullMarked
package org.supercargo.engine.json;

import org.jspecify.annotations.NullMarked;
