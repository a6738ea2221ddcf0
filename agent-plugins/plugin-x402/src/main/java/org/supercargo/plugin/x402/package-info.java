/// Hosts that are paid by signed payments: [x402](https://github.com/x402-foundation/x402), version
/// 2.
@NullMarked
package org.supercargo.plugin.x402;

import org.jspecify.annotations.NullMarked;
