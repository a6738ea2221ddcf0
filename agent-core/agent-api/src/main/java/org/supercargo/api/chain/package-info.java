/// Chains and swap venues as ports.
@NullMarked
package org.supercargo.api.chain;

import org.jspecify.annotations.NullMarked;
