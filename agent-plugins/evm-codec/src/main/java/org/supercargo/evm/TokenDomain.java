package org.supercargo.evm;

import java.math.BigInteger;

/// What makes an authorization one for this token on this chain: the domain of
/// [EIP-712](https://eips.ethereum.org/EIPS/eip-712) with all four members that
/// [EIP-3009](https://eips.ethereum.org/EIPS/eip-3009) tokens use.
///
/// @param name the token's own, such as `USD Coin`; 1 to 100 characters without controls
/// @param version such as `2`; 1 to 100 characters without controls
/// @param chainId below 2⁶⁴
public record TokenDomain(String name, String version, BigInteger chainId, EvmAddress token) {
  private static final int LONGEST = 100;

  public TokenDomain {
    requireShort("name", name);
    requireShort("version", version);
    if (chainId.signum() < 0 || chainId.bitLength() > 64) {
      throw new MalformedBytesException("the domain's chain id does not fit into 64 bits");
    }
  }

  private static void requireShort(String what, String text) {
    if (text.isEmpty()
        || text.length() > LONGEST
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new MalformedBytesException(
          "the domain's " + what + " is not a text of 1 to " + LONGEST + " characters");
    }
  }
}
