@NullMarked
package org.supercargo.api.payment;

import org.jspecify.annotations.NullMarked;
