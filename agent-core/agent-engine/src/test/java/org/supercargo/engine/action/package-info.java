@NullMarked
package org.supercargo.engine.action;

import org.jspecify.annotations.NullMarked;
