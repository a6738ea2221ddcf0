@NullMarked
package org.supercargo.http;

import org.jspecify.annotations.NullMarked;
