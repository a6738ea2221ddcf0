/// Keys that live in AWS KMS.
@NullMarked
package org.supercargo.signer.kms;

import org.jspecify.annotations.NullMarked;
