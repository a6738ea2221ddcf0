/// Hosts that are paid by signed payments, and the proofs by which they know a wallet again.
@NullMarked
package org.supercargo.api.payment;

import org.jspecify.annotations.NullMarked;
