@NullMarked
package org.supercargo.cli.scenario;

import org.jspecify.annotations.NullMarked;
