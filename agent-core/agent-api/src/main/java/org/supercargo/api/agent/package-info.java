/// The agent file as values: identity, goal, wallets, limits.
@NullMarked
package org.supercargo.api.agent;

import org.jspecify.annotations.NullMarked;
