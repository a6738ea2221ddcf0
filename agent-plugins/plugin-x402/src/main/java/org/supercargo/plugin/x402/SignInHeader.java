package org.supercargo.plugin.x402;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.payment.SignIn;
import org.supercargo.api.payment.SignInWallet;

/// Makes the header by which a host knows a wallet again. Each is good for one request, so a
/// request that carries one is never repeated as it is.
///
/// Source: the extension `sign-in-with-x` of [x402](https://github.com/x402-foundation/x402), as
/// [Venice](https://docs.venice.ai/guides/integrations/x402-venice-api) takes it.
public final class SignInHeader {
  /// The header's name.
  public static final String NAME = "SIGN-IN-WITH-X";

  private static final Duration LIFETIME = Duration.ofMinutes(4);
  private static final int NONCE_BYTES = 8;

  private final SignInWallet wallet;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// @param random unpredictable in production
  public SignInHeader(SignInWallet wallet, InstantSource clock, RandomGenerator random) {
    this.wallet = requireNonNull(wallet, "wallet is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.random = requireNonNull(random, "random is null");
  }

  /// A fresh value for one request to the host of `uri`.
  ///
  /// @param uri whose host stands in the mandate's `sign-in`
  /// @throws org.supercargo.api.SupercargoException as [SignInWallet#signIn(SignIn)] does
  public String value(URI uri) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var signIn =
        new SignIn(
            requireNonNull(uri.getHost(), "the address has no host"),
            origin(uri),
            "Sign in to " + uri.getHost(),
            HexFormat.of().formatHex(nonce),
            now,
            now.plus(LIFETIME));
    return Json.header(document(signIn, wallet.signIn(signIn)));
  }

  private static URI origin(URI uri) {
    return URI.create(uri.getScheme() + "://" + uri.getAuthority());
  }

  private ObjectNode document(SignIn signIn, Bytes signature) {
    Address account = wallet.address();
    ObjectNode document =
        Json.object()
            .put("address", account.text())
            .put("message", signIn.message(account))
            .put("chainId", account.chain().toString());
    return account.chain().namespace().equals("eip155")
        ? document.put("signature", "0x" + signature.hex())
        : document
            .put("signature", Base64.getEncoder().encodeToString(signature.toArray()))
            .put("type", "ed25519");
  }
}
