/// What people approve, and how their signatures are checked.
@NullMarked
package org.supercargo.engine.approval;

import org.jspecify.annotations.NullMarked;
