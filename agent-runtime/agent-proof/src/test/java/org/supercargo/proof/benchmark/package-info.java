/// How long a judgement and a signature take.
@NullMarked
package org.supercargo.proof.benchmark;

import org.jspecify.annotations.NullMarked;
