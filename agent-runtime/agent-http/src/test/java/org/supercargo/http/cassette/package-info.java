@NullMarked
package org.supercargo.http.cassette;

import org.jspecify.annotations.NullMarked;
