package org.supercargo.api.asset;

import static java.util.Objects.requireNonNull;

import org.supercargo.api.SupercargoException;

/// An asset by its CAIP-19 identifier, such as `eip155:8453/erc20:0x8335…`.
///
/// Source: [CAIP-19](https://chainagnostic.org/CAIPs/caip-19). Native coins use the `slip44`
/// namespace, Solana mints `token`, EVM tokens `erc20`.
public record AssetId(ChainId chain, String namespace, String reference) {
  /// United States dollars, the unit of model costs and of USD caps.
  public static final AssetId USD = new AssetId(ChainId.OFF_CHAIN, "currency", "USD");

  /// Tokens of language models, the unit of token budgets.
  public static final AssetId MODEL_TOKENS = new AssetId(ChainId.OFF_CHAIN, "usage", "tokens");

  public AssetId {
    requireNonNull(chain, "chain is null");
    requireNonNull(namespace, "namespace is null");
    requireNonNull(reference, "reference is null");
  }

  /// The coin that pays fees on `chain`: SOL (slip44 501) or ether (slip44 60).
  public static AssetId nativeOf(ChainId chain) {
    return switch (chain.namespace()) {
      case "solana" -> new AssetId(chain, "slip44", "501");
      case "eip155" -> new AssetId(chain, "slip44", "60");
      default ->
          throw SupercargoException.user(
              chain + " has no native coin known here", "Use solana or base.");
    };
  }

  /// The token whose mint or contract is `address`.
  public static AssetId token(Address address) {
    String namespace = address.chain().namespace().equals("solana") ? "token" : "erc20";
    return new AssetId(address.chain(), namespace, address.text());
  }

  /// Reads the CAIP-19 text that [#toString()] writes.
  public static AssetId parse(String text) {
    int slash = text.indexOf('/');
    int colon = text.indexOf(':');
    int second = text.indexOf(':', slash + 1);
    if (slash < 0 || colon < 0 || colon > slash || second < 0) {
      throw SupercargoException.user(
          "\"" + text + "\" is not a CAIP-19 asset", "Use a form such as eip155:8453/slip44:60.");
    }
    return new AssetId(
        new ChainId(text.substring(0, colon), text.substring(colon + 1, slash)),
        text.substring(slash + 1, second),
        text.substring(second + 1));
  }

  public boolean isNative() {
    return namespace.equals("slip44");
  }

  @Override
  public String toString() {
    return chain + "/" + namespace + ":" + reference;
  }
}
