@NullMarked
package org.supercargo.engine.relevance;

import org.jspecify.annotations.NullMarked;
