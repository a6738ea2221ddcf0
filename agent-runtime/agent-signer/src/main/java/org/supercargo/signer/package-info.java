/// The process that holds the keys: it decodes, judges, records and signs, and does nothing else.
@NullMarked
package org.supercargo.signer;

import org.jspecify.annotations.NullMarked;
