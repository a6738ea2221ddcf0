/// Language models behind one port with typed outcomes.
@NullMarked
package org.supercargo.api.model;

import org.jspecify.annotations.NullMarked;
