/// Actions: found on plugins, described to planners, admitted, bound and invoked.
@NullMarked
package org.supercargo.engine.action;

import org.jspecify.annotations.NullMarked;
