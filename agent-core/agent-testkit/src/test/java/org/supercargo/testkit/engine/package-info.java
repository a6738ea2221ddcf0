/// The engine at work on fakes.
@NullMarked
package org.supercargo.testkit.engine;

import org.jspecify.annotations.NullMarked;
