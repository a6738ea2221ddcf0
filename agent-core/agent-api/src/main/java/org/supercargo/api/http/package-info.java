/// The one way out to the network.
@NullMarked
package org.supercargo.api.http;

import org.jspecify.annotations.NullMarked;
