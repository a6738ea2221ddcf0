/// The fakes keep the rules they stand for.
@NullMarked
package org.supercargo.testkit;

import org.jspecify.annotations.NullMarked;
