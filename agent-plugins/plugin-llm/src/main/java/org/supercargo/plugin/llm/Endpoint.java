package org.supercargo.plugin.llm;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.supercargo.api.SupercargoException;

/// Where a provider lives, and the name of the key it wants.
///
/// @param baseUrl what `/chat/completions` is appended to; plain http only without a key or to this
///   machine
/// @param keyName the name under which the key is kept, such as `DEEPSEEK_API_KEY`; empty for a
///   provider without keys
/// @param proof what shows the provider who asks
public record Endpoint(URI baseUrl, String keyName, Proof proof) {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /// How a provider knows who asks.
  public enum Proof {
    /// A key that stays the same, or nothing where there is no key.
    KEY,
    /// A wallet, by a proof that is good for one request ([sign in with
    /// x](https://docs.venice.ai/guides/integrations/x402-venice-api)).
    WALLET
  }

  /// A provider with a key, or without.
  public Endpoint(URI baseUrl, String keyName) {
    this(baseUrl, keyName, Proof.KEY);
  }

  public Endpoint {
    requireNonNull(keyName, "keyName is null");
    requireNonNull(proof, "proof is null");
    if (proof == Proof.WALLET && !keyName.isEmpty()) {
      throw SupercargoException.user(
          "A provider is asked with a wallet or with a key, not with both", "Leave the key out.");
    }
    String scheme = baseUrl.getScheme() == null ? "" : baseUrl.getScheme();
    if (baseUrl.getHost() == null
        || !Set.of("http", "https").contains(scheme)
        || baseUrl.getRawUserInfo() != null
        || baseUrl.getRawQuery() != null
        || baseUrl.getRawFragment() != null) {
      throw SupercargoException.user(
          "The base address of a model is not a plain http or https address",
          "Use a form such as https://api.deepseek.com, without user, query and fragment.");
    }
    boolean isSecret = !keyName.isEmpty() || proof == Proof.WALLET;
    if (scheme.equals("http") && isSecret && !THIS_MACHINE.contains(baseUrl.getHost())) {
      throw SupercargoException.user(
          (keyName.isEmpty() ? "A wallet's proof" : "The key " + keyName)
              + " would travel unencrypted to "
              + baseUrl.getHost(),
          "Use an https address.");
    }
  }

  public static Endpoint of(String baseUrl, String keyName) {
    return new Endpoint(URI.create(baseUrl), keyName);
  }

  /// The same for a wallet that has paid in advance, without a key.
  public Endpoint withWallet() {
    return new Endpoint(baseUrl, "", Proof.WALLET);
  }

  /// Whether the model runs on this machine.
  public boolean isThisMachine() {
    return THIS_MACHINE.contains(baseUrl.getHost());
  }

  /// The host, and the port where the address names one, that an allow-list has to grant.
  public String host() {
    return baseUrl.getPort() < 0 ? baseUrl.getHost() : baseUrl.getHost() + ":" + baseUrl.getPort();
  }

  /// @param below a path below the base address, such as `/beta`, or nothing
  URI completions(String below) {
    String base = base();
    return URI.create(base + (base.endsWith(below) ? "" : below) + "/chat/completions");
  }

  URI textModels() {
    return URI.create(base() + "/models?type=text");
  }

  URI attestation(String model, String nonce) {
    return URI.create(
        base()
            + "/tee/attestation?model="
            + URLEncoder.encode(model, StandardCharsets.UTF_8)
            + "&nonce="
            + nonce);
  }

  private String base() {
    String base = baseUrl.toString();
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }
}
