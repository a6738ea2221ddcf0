/// The owner's limits and the pure judgement of intents and decoded effects against them.
@NullMarked
package org.supercargo.api.mandate;

import org.jspecify.annotations.NullMarked;
