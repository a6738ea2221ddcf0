/// Grades agents by what really came of goals they were given, in worlds made for it.
@NullMarked
package org.supercargo.cli.scenario;

import org.jspecify.annotations.NullMarked;
