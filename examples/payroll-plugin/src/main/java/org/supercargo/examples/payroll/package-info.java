@NullMarked
package org.supercargo.examples.payroll;

import org.jspecify.annotations.NullMarked;
