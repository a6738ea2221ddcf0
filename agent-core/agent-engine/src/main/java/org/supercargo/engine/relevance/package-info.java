/// Which of many short texts a few words are about.
@NullMarked
package org.supercargo.engine.relevance;

import org.jspecify.annotations.NullMarked;
