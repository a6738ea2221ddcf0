package org.supercargo.plugin.evm;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.evm.AbiFunction;
import org.supercargo.evm.AbiParameters;
import org.supercargo.evm.AbiValue;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.KnownFunction;
import org.supercargo.evm.MalformedBytesException;
import org.supercargo.evm.StructTypes;
import org.supercargo.evm.TokenDomain;
import org.supercargo.evm.TypedData;
import org.supercargo.evm.TypedValue;

/// Asks a token about authorizations.
///
/// Sources: [EIP-3009](https://eips.ethereum.org/EIPS/eip-3009),
/// [EIP-712](https://eips.ethereum.org/EIPS/eip-712), Circle's
/// [FiatToken](https://github.com/circlefin/stablecoin-evm) for `paused` and `isBlacklisted`.
record AuthorizingToken(EvmNode node, EvmAddress address) {
  private static final AbiFunction NAME = AbiFunction.of("name()");
  private static final AbiFunction VERSION = AbiFunction.of("version()");
  private static final AbiFunction SEPARATOR = AbiFunction.of("DOMAIN_SEPARATOR()");
  private static final AbiFunction STATE = AbiFunction.of("authorizationState(address,bytes32)");
  private static final AbiFunction PAUSED = AbiFunction.of("paused()");
  private static final AbiFunction BLACKLISTED = AbiFunction.of("isBlacklisted(address)");
  private static final AbiParameters TEXT = AbiParameters.of("(string)");
  private static final String DOMAIN = "EIP712Domain";
  private static final StructTypes DOMAIN_TYPE =
      StructTypes.of(
          Map.of(
              DOMAIN,
              List.of(
                  new StructTypes.Field("name", "string"),
                  new StructTypes.Field("version", "string"),
                  new StructTypes.Field("chainId", "uint256"),
                  new StructTypes.Field("verifyingContract", "address"))));
  private static final int WORD = 32;

  /// The domain the token's authorizations are signed in.
  ///
  /// @throws SupercargoException of category USER if the contract has none, or hashes it otherwise
  ///   than its name and version say
  TokenDomain domain(BigInteger chainId) {
    TokenDomain domain;
    try {
      domain = new TokenDomain(text(NAME), text(VERSION), chainId, address);
    } catch (MalformedBytesException _) {
      throw unknowing();
    }
    if (!word(asked(SEPARATOR.encode())).orElseThrow(this::unknowing).equals(hash(domain))) {
      throw SupercargoException.user(
          "The token at "
              + address
              + " hashes its domain otherwise than its name \""
              + domain.name()
              + "\" and its version \""
              + domain.version()
              + "\" say, so it would take no authorization",
          "Pay with another token.");
    }
    return domain;
  }

  /// Whether the token has taken, or canceled, an authorization with this nonce.
  ///
  /// @throws SupercargoException of category USER if the token does not know authorizations
  boolean takesNoMore(EvmAddress from, Bytes nonce) {
    return flag(asked(question(from, nonce))).orElseThrow(this::unknowing);
  }

  /// As [#takesNoMore(EvmAddress, Bytes)], of a token that did know authorizations.
  ///
  /// @throws SupercargoException of category EXTERNAL if it does not any more
  boolean isUsed(EvmAddress from, Bytes nonce) {
    return flag(asked(question(from, nonce))).orElseThrow(this::silent);
  }

  /// Whether it was used in the state behind a block; empty when the node cannot tell.
  Optional<Boolean> wasUsed(EvmAddress from, Bytes nonce, EvmNode.Header block) {
    try {
      return flag(node.call(call(question(from, nonce)), block));
    } catch (SupercargoException unavailable) {
      if (unavailable.category() == SupercargoException.Category.EXTERNAL) {
        return Optional.empty();
      }
      throw unavailable;
    }
  }

  /// Why the token would refuse to move `value` now, or null. An authorization without its
  /// signature cannot be tried out, but it moves what a transfer moves.
  @Nullable String objection(EvmAddress from, EvmAddress to, BigInteger value) {
    if (isTrue(PAUSED.encode())) {
      return "the token is paused";
    }
    for (EvmAddress account : List.of(from, to)) {
      if (isTrue(BLACKLISTED.encode(AbiValue.of(account)))) {
        return "the token has blacklisted " + account;
      }
    }
    Bytes transfer = KnownFunction.TRANSFER.encode(AbiValue.of(to), AbiValue.of(value));
    var call = new EvmNode.Call(from, address, BigInteger.ZERO, transfer);
    return switch (node.call(call, EvmNode.LATEST)) {
      case CallOutcome.Reverted<Bytes>(String reason) -> reason;
      case CallOutcome.Returned<Bytes> answer ->
          flag(answer).orElse(true) ? null : "the token refuses such a transfer";
    };
  }

  /// What a contract does not offer, it does not forbid.
  private boolean isTrue(Bytes question) {
    return flag(asked(question)).orElse(false);
  }

  private static Bytes question(EvmAddress from, Bytes nonce) {
    return STATE.encode(AbiValue.of(from), new AbiValue.FixedBytes(nonce));
  }

  private CallOutcome<Bytes> asked(Bytes data) {
    return node.call(call(data), EvmNode.LATEST);
  }

  private EvmNode.Call call(Bytes data) {
    return new EvmNode.Call(address, address, BigInteger.ZERO, data);
  }

  private String text(AbiFunction getter) {
    return switch (asked(getter.encode())) {
      case CallOutcome.Returned<Bytes>(Bytes data) -> TEXT.decode(data).text(0);
      case CallOutcome.Reverted<Bytes> _ -> throw unknowing();
    };
  }

  private static Optional<Bytes> word(CallOutcome<Bytes> outcome) {
    return switch (outcome) {
      case CallOutcome.Returned<Bytes>(Bytes data) when data.size() == WORD -> Optional.of(data);
      case CallOutcome.Returned<Bytes> _, CallOutcome.Reverted<Bytes> _ -> Optional.empty();
    };
  }

  private static Optional<Boolean> flag(CallOutcome<Bytes> outcome) {
    return word(outcome)
        .map(word -> new BigInteger(1, word.toArray()))
        .filter(number -> number.bitLength() <= 1)
        .map(number -> number.signum() > 0);
  }

  private static Bytes hash(TokenDomain domain) {
    var members =
        new TypedValue.Struct(
            Map.of(
                "name", TypedValue.of(new AbiValue.Text(domain.name())),
                "version", TypedValue.of(new AbiValue.Text(domain.version())),
                "chainId", TypedValue.of(AbiValue.of(domain.chainId())),
                "verifyingContract", TypedValue.of(AbiValue.of(domain.token()))));
    return new TypedData(DOMAIN_TYPE, DOMAIN, members, members).domainSeparator();
  }

  private SupercargoException unknowing() {
    return SupercargoException.user(
        "The token at " + address + " does not take payments by authorization (EIP-3009)",
        "Pay with a token that does, such as USDC.");
  }

  private SupercargoException silent() {
    return SupercargoException.external(
        "The token at " + address + " no longer says which authorizations are used",
        "Look at the token; what was signed for it is followed again later.",
        null);
  }
}
