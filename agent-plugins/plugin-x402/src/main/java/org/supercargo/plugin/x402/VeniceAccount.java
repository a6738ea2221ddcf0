package org.supercargo.plugin.x402;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.SignedTransaction;
import org.supercargo.api.chain.SubmitResult;
import org.supercargo.api.http.Http;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.http.HttpReply;
import org.supercargo.api.http.HttpRequest;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.payment.PaymentHost;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.MalformedBytesException;

/// What a wallet has paid [Venice](https://docs.venice.ai/api-reference/endpoint/x402/top-up) in
/// advance: how much is left, and how more is paid. No account and no key: the wallet is both.
///
/// More is paid by one signed payment in USDC on Base. Venice credits each once, however often it
/// is handed over, and lets 5 dollars and more be paid.
public final class VeniceAccount implements PaymentHost {
  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final Duration SETTLING = Duration.ofSeconds(60);
  private static final String EXACT = "exact";
  private static final int IN_PROGRESS = 409;
  private static final int LONGEST_REASON = 200;

  private final URI base;
  private final Http http;
  private final Address wallet;
  private final Asset paidIn;
  private final SignInHeader signIn;

  /// @param base such as `https://api.venice.ai/api/v1`
  /// @param wallet the account that pays and signs in
  /// @param paidIn USDC on the wallet's chain
  /// @throws SupercargoException of category USER when the wallet cannot pay from its chain
  public VeniceAccount(URI base, Http http, Address wallet, Asset paidIn, SignInHeader signIn) {
    String text = base.toString();
    this.base = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    this.http = requireNonNull(http, "http is null");
    this.wallet = requireNonNull(wallet, "wallet is null");
    this.paidIn = requireNonNull(paidIn, "paidIn is null");
    this.signIn = requireNonNull(signIn, "signIn is null");
    if (!wallet.chain().equals(paidIn.chain()) || !wallet.chain().equals(ChainId.BASE)) {
      throw SupercargoException.user(
          "Venice cannot be paid from " + wallet.chain().name() + " here",
          "Use the agent's wallet on base.");
    }
  }

  @Override
  public String host() {
    return requireNonNull(base.getHost(), "the address has no host");
  }

  @Override
  public Optional<Amount> prepaid() {
    var request =
        new HttpRequest(
            "GET",
            URI.create(base + "/x402/balance/" + wallet.text()),
            Map.of(SignInHeader.NAME, signIn.value(base), "Accept", "application/json"),
            Bytes.EMPTY,
            SHORT,
            false);
    HttpReply reply = http.send(request);
    if (reply.status() != 200) {
      throw refused("does not say what is left", reply);
    }
    JsonNode data =
        Json.read(reply.text())
            .map(body -> body.path("data"))
            .orElseThrow(() ->
                SupercargoException.external(
                    host() + " answered without a balance", "Ask again.", null));
    return Optional.of(dollars(data.path("balanceUsd")).plus(dollars(data.path("diemBalanceUsd"))));
  }

  private static Amount dollars(JsonNode node) {
    BigDecimal value = node.isNumber() ? node.decimalValue() : BigDecimal.ZERO;
    BigInteger baseUnits =
        value
            .max(BigDecimal.ZERO)
            .movePointRight(Asset.USD.decimals())
            .setScale(0, RoundingMode.FLOOR)
            .toBigInteger();
    return new Amount(Asset.USD, baseUnits);
  }

  @Override
  public Intent.Payment topUp(Amount amount) {
    if (!amount.asset().id().equals(paidIn.id())) {
      throw SupercargoException.user(
          host()
              + " is not paid in "
              + amount.asset().symbol()
              + " on "
              + amount.asset().chain().name(),
          "Name " + paidIn.symbol() + " on " + paidIn.chain().name() + ".");
    }
    HttpReply reply = http.send(post(Map.of("Accept", "application/json"), SHORT, true));
    if (reply.status() != 402) {
      throw refused("does not say how it is paid", reply);
    }
    Requirement requirement = chosen(Requirement.read(reply, host()));
    if (amount.baseUnits().compareTo(requirement.amount()) < 0) {
      throw SupercargoException.user(
          host() + " takes " + new Amount(paidIn, requirement.amount()) + " or more, not " + amount,
          "Name a larger amount.");
    }
    Address payTo = payTo(requirement);
    return new Intent.Payment(
        new Payee(payTo.text(), payTo, Provenance.TOOL),
        amount,
        host(),
        topUpUri().getPath(),
        requirement.terms(amount.baseUnits()));
  }

  private Requirement chosen(List<Requirement> requirements) {
    return requirements.stream()
        .filter(each -> each.scheme().equals(EXACT))
        .filter(each -> each.network().equals(paidIn.chain().toString()))
        .filter(each -> each.asset().equalsIgnoreCase(paidIn.id().reference()))
        .findFirst()
        .orElseThrow(() ->
            SupercargoException.external(
                host() + " does not take " + paidIn.symbol() + " on " + paidIn.chain().name(),
                "Nothing was paid; look at what it asks for.",
                null));
  }

  private Address payTo(Requirement requirement) {
    try {
      return EvmAddress.parse(requirement.payTo()).on(paidIn.chain());
    } catch (SupercargoException | MalformedBytesException malformed) {
      throw SupercargoException.external(
          host() + " wants to be paid at something that is no account on " + paidIn.chain().name(),
          "Nothing was paid.",
          malformed);
    }
  }

  @Override
  public SubmitResult hand(Intent.Payment payment, SignedTransaction signed) {
    String header = PaymentHeader.value(payment, signed);
    HttpReply reply;
    try {
      reply =
          http.send(
              post(
                  Map.of("Accept", "application/json", PaymentHeader.NAME, header),
                  SETTLING,
                  false));
    } catch (HttpFailure failure) {
      return new SubmitResult.NoAnswer(failure.what());
    }
    int status = reply.status();
    if (status == 200 || status == IN_PROGRESS) {
      return new SubmitResult.Accepted();
    }
    return status == 429 || status >= 500
        ? new SubmitResult.NoAnswer(host() + " answered " + status + reason(reply))
        : new SubmitResult.Rejected(host() + " answered " + status + reason(reply));
  }

  private HttpRequest post(Map<String, String> headers, Duration deadline, boolean repeatable) {
    return new HttpRequest("POST", topUpUri(), headers, Bytes.EMPTY, deadline, repeatable);
  }

  private URI topUpUri() {
    return URI.create(base + "/x402/top-up");
  }

  private SupercargoException refused(String what, HttpReply reply) {
    String text = host() + " " + what + ": " + reply.status() + reason(reply);
    return reply.status() == 429 || reply.status() >= 500
        ? SupercargoException.transientFailure(text, "Ask again later.", null)
        : SupercargoException.external(text, "Look up what it says.", null);
  }

  /// The host's own words, short; empty if it has none.
  private static String reason(HttpReply reply) {
    Optional<ObjectNode> body = Json.read(reply.text());
    String words =
        body.map(each ->
                each.path("code").asText("")
                    + " "
                    + each.path("error").asText("")
                    + " "
                    + each.path("message").asText(""))
            .orElse("")
            .replaceAll("[^\\x20-\\x7e]", " ")
            .strip();
    return words.isEmpty()
        ? ""
        : ": " + words.substring(0, Math.min(words.length(), LONGEST_REASON));
  }
}
