/// Hostile variants of honest bytes, and a second opinion on every one that is accepted.
@NullMarked
package org.supercargo.evm.mutation;

import org.jspecify.annotations.NullMarked;
