/// What an agent proposes to do with value, the effects of bytes, and what the chain made of them.
@NullMarked
package org.supercargo.api.intent;

import org.jspecify.annotations.NullMarked;
