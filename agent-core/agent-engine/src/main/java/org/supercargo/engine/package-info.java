/// The tick: plan, admit, judge, execute, account.
@NullMarked
package org.supercargo.engine;

import org.jspecify.annotations.NullMarked;
