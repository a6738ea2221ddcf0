/// What an agent keeps from one run to the next.
@NullMarked
package org.supercargo.api.memory;

import org.jspecify.annotations.NullMarked;
