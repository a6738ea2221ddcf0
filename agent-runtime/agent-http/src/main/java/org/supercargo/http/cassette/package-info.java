/// Sessions with model providers, recorded once and replayed without a network.
@NullMarked
package org.supercargo.http.cassette;

import org.jspecify.annotations.NullMarked;
