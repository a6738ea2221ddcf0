@NullMarked
package org.supercargo.api.model;

import org.jspecify.annotations.NullMarked;
