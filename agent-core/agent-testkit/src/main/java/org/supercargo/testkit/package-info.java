/// Stand-ins for everything outside the engine, and the rules every chain adapter keeps.
@NullMarked
package org.supercargo.testkit;

import org.jspecify.annotations.NullMarked;
