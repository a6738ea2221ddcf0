package org.supercargo.api.payment;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;

/// Proves to one host, for a short time, that an account is the asker's own.
///
/// What is signed is [#message(Address)], made from these fields and from nothing else. Its form is
/// that of [ERC-4361](https://eips.ethereum.org/EIPS/eip-4361), which
/// [CAIP-122](https://chainagnostic.org/CAIPs/caip-122) carries over to Solana.
///
/// @param domain the host in lower case, without a port
/// @param uri of the host, by https, or http for a host on this machine
/// @param statement for people: printable ASCII, 1 to 200 characters
/// @param nonce 8 to 64 letters and digits that are used once
/// @param issued to the millisecond
/// @param expires later than `issued` by [#LONGEST] at the most
public record SignIn(
    String domain, URI uri, String statement, String nonce, Instant issued, Instant expires) {
  /// The longest a proof may be good for.
  public static final Duration LONGEST = Duration.ofMinutes(5);

  private static final Pattern HOST =
      Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");
  private static final Pattern STATEMENT = Pattern.compile("[\\x20-\\x7e]{1,200}");
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9]{8,64}");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_INSTANT;
  private static final int LONGEST_HOST = 253;
  private static final int LONGEST_URI = 300;

  public SignIn {
    require(
        domain.length() <= LONGEST_HOST && HOST.matcher(domain).matches(),
        "\"" + domain + "\" is not the name of a host");
    require(isOf(uri, domain), uri + " is no address of " + domain);
    require(STATEMENT.matcher(statement).matches(), "the statement is no line of plain text");
    require(NONCE.matcher(nonce).matches(), "the nonce is not 8 to 64 letters and digits");
    requireNonNull(issued, "issued is null");
    require(
        issued.equals(issued.truncatedTo(ChronoUnit.MILLIS))
            && expires.equals(expires.truncatedTo(ChronoUnit.MILLIS)),
        "its times are not whole milliseconds");
    require(expires.isAfter(issued), "it ends before it begins");
    require(
        !expires.isAfter(issued.plus(LONGEST)),
        "it is good for longer than " + LONGEST.toMinutes() + " minutes");
  }

  private static boolean isOf(URI uri, String domain) {
    String text = uri.toString();
    boolean isPlain = text.length() <= LONGEST_URI && STATEMENT.matcher(text).matches();
    String scheme = uri.getScheme();
    boolean isSafe = "https".equals(scheme) || ("http".equals(scheme) && isLocal(domain));
    return isPlain
        && isSafe
        && domain.equals(uri.getHost())
        && uri.getUserInfo() == null
        && uri.getFragment() == null;
  }

  private static boolean isLocal(String domain) {
    return domain.equals("127.0.0.1") || domain.equals("localhost");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw SupercargoException.user("A sign-in is wrong: " + what, "Ask with a correct one.");
    }
  }

  /// The text that `account` signs. No bytes of a transaction read like it.
  public String message(Address account) {
    String kind = account.chain().namespace().equals("eip155") ? "Ethereum" : "Solana";
    return domain
        + " wants you to sign in with your "
        + kind
        + " account:\n"
        + account.text()
        + "\n\n"
        + statement
        + "\n\nURI: "
        + uri
        + "\nVersion: 1\nChain ID: "
        + account.chain().reference()
        + "\nNonce: "
        + nonce
        + "\nIssued At: "
        + TIME.format(issued)
        + "\nExpiration Time: "
        + TIME.format(expires);
  }
}
