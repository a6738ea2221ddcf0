package org.supercargo.api.asset;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.supercargo.api.SupercargoException;

/// A chain by its CAIP-2 identifier, such as `eip155:8453`.
///
/// Source: [CAIP-2](https://chainagnostic.org/CAIPs/caip-2). A local chain that stands in for a
/// public one carries the public one's identifier.
public record ChainId(String namespace, String reference) {
  private static final Pattern NAMESPACE = Pattern.compile("[-a-z0-9]{3,8}");
  private static final Pattern REFERENCE = Pattern.compile("[-_a-zA-Z0-9]{1,32}");

  /// Solana; the reference is the start of the mainnet genesis hash.
  public static final ChainId SOLANA = new ChainId("solana", "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp");

  /// Base, EVM chain id 8453.
  public static final ChainId BASE = new ChainId("eip155", "8453");

  /// Money that lives on no chain, such as the dollars a model's tokens cost.
  public static final ChainId OFF_CHAIN = new ChainId("iso4217", "fiat");

  public ChainId {
    if (!NAMESPACE.matcher(namespace).matches() || !REFERENCE.matcher(reference).matches()) {
      throw SupercargoException.user(
          "\"" + namespace + ":" + reference + "\" is not a CAIP-2 chain identifier",
          "Use a form such as eip155:8453, or one of the names solana and base.");
    }
  }

  /// The chains that have a short name.
  public static List<ChainId> named() {
    return List.of(SOLANA, BASE);
  }

  /// Finds a chain by its short name or its CAIP-2 identifier, ignoring case for names.
  public static Optional<ChainId> find(String nameOrIdentifier) {
    return named().stream()
        .filter(chain ->
            chain.name().equalsIgnoreCase(nameOrIdentifier)
                || chain.toString().equals(nameOrIdentifier))
        .findFirst();
  }

  /// The short name people use: `solana`, `base`, or the CAIP-2 identifier where there is none.
  public String name() {
    if (this.equals(SOLANA)) {
      return "solana";
    }
    if (this.equals(BASE)) {
      return "base";
    }
    return toString();
  }

  /// The identifier as CAIP-2 text.
  @Override
  public String toString() {
    return namespace + ":" + reference;
  }
}
