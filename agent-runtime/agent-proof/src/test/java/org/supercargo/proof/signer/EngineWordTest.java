package org.supercargo.proof.signer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.mandate.Price;
import org.supercargo.api.mandate.SignedApproval;
import org.supercargo.engine.approval.ApprovalDigest;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.signing.Evidence;
import org.supercargo.proof.Settings;
import org.supercargo.proof.owner.Parties;
import org.supercargo.proof.owner.Taken;
import org.supercargo.proof.reading.Outflow;

/// What a signer without a network has to take an engine's word for, and how far a lie goes. A
/// planner cannot tell these lies; an engine in the attacker's hands can.
class EngineWordTest {
  private static final Path FOLDER = Settings.folder();
  private static final Vault VAULT = new Vault(FOLDER.resolve("vault"));
  private static final AgentId AGENT = new AgentId("liar");

  @AfterAll
  static void clear() {
    VAULT.close();
    Settings.remove(FOLDER);
  }

  private interface Lies {
    void tell(HostileEngine engine);
  }

  private static AgentFile starter(String name) {
    Path file =
        Path.of(System.getProperty("supercargo.home", "."))
            .resolve("examples/mandates/" + name + ".yaml");
    return VAULT.named(VAULT.readFile(file), AGENT);
  }

  private static List<Outflow> taken(AgentFile file, Lies lies) {
    var clock = new Clock();
    Path home = FOLDER.resolve("desk-" + System.nanoTime());
    try (var desk = new Desk(home, VAULT, List.of(file), clock)) {
      clock.advance(Duration.ofDays(8));
      var engine =
          new HostileEngine(
              AGENT,
              desk.service(),
              VAULT,
              Readings.of(VAULT.word(), file.spec().addressBook(), List.of()),
              clock,
              new SplittableRandom(1));
      lies.tell(engine);
      return engine.taken().values().stream()
          .flatMap(List::stream)
          .map(Taken::outflows)
          .flatMap(List::stream)
          .toList();
    }
  }

  private static BigInteger paid(List<Outflow> outflows, Address to) {
    return outflows.stream()
        .flatMap(outflow ->
            outflow instanceof Outflow.Paid paid && paid.to().equals(to)
                ? Stream.of(paid.units())
                : Stream.empty())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /// The bytes of a payment do not say for which host it is. A rule that names payees besides hosts
  /// leaves no room for this.
  @Test
  void aHostWithoutPayeesIsBoundedByItsBudgetAlone() {
    Address mallory = VAULT.parties().of("mallory", ChainId.BASE);
    List<Outflow> outflows =
        taken(
            starter("data-buyer"),
            engine -> {
              for (int i = 0; i < 60; i++) {
                String host = i % 2 == 0 ? "api.weather.example" : "filings.example";
                engine.ask(engine.honest().payment(host, mallory, i % 2 == 0 ? "0.5" : "4.9"));
              }
            });
    assertThat(paid(outflows, mallory))
        .isPositive()
        .isLessThanOrEqualTo(VAULT.word().units("15", VAULT.word().usdcOnBase));
  }

  /// A share of a balance is a share of what the engine says the balance is; the other caps hold.
  @Test
  void aShareOfABalanceIsBoundedByTheOtherCapsAlone() {
    AgentFile file = starter("sweeper");
    Address taxes = file.spec().addressBook().find("taxes", ChainId.SOLANA).orElseThrow();
    List<Outflow> outflows =
        taken(
            file,
            engine -> {
              for (int hour = 0; hour < 24; hour++) {
                engine.pass(Duration.ofHours(1));
                engine.ask(
                    engine
                        .honest()
                        .pay(
                            taxes, "taxes", VAULT.word().amount("150", VAULT.word().usdcOnSolana)));
              }
            });
    assertThat(paid(outflows, taxes))
        .isEqualTo(VAULT.word().units("150", VAULT.word().usdcOnSolana));
  }

  /// Two of three agree and the third objects: who keeps the objection back is not found out.
  /// Nobody can do without the two.
  @Test
  void aVetoThatIsKeptBackIsNotKnown() {
    AssetId asset = VAULT.word().usdcOnBase;
    Address carol = VAULT.parties().of("carol", ChainId.BASE);
    List<Outflow> outflows =
        taken(
            VAULT.file(Role.TREASURER, AGENT),
            engine -> {
              Intent.Transfer intent = engine.honest().pay("carol", "50", asset);
              IntentId id = engine.fresh();
              var agreed =
                  Stream.of("ops", "cfo")
                      .map(name -> {
                        var digest = ApprovalDigest.of(id, intent, "large");
                        var at = engine.clock().instant();
                        return new SignedApproval(
                            id,
                            digest,
                            name,
                            true,
                            at,
                            Parties.signature(
                                name, SignedApproval.payload(id, digest, name, true, at)));
                      })
                      .toList();
              engine.pass(Duration.ofMinutes(11));
              Evidence honest = engine.honest().evidence(intent);
              engine.ask(
                  engine
                      .of(intent, engine.honest().bytes(intent))
                      .as(id, 1)
                      .with(
                          new Evidence(
                              honest.simulation(),
                              honest.balance(),
                              honest.prices(),
                              honest.origins(),
                              agreed,
                              List.of())));
            });
    assertThat(paid(outflows, carol)).isEqualTo(VAULT.word().units("50", asset));
  }

  /// Where the owner has given an asset no worth, its price is the engine's word, and with it every
  /// dollar cap and every slippage limit. Caps in the asset's own units hold.
  @Test
  void aFalsePriceIsBoundedByTheCapsInTheAssetsOwnUnits() {
    AssetId ether = VAULT.word().ether;
    List<Outflow> outflows =
        taken(
            starter("trader"),
            engine -> {
              for (String amount :
                  List.of("1000", "0.16", "0.15", "0.15", "0.15", "0.15", "0.05")) {
                sellForNothing(engine, VAULT.word().amount(amount, ether));
              }
            });
    assertThat(
            outflows.stream()
                .flatMap(outflow ->
                    outflow instanceof Outflow.Traded traded
                        ? Stream.of(traded.sold())
                        : Stream.empty())
                .reduce(BigInteger.ZERO, BigInteger::add))
        .isEqualTo(VAULT.word().units("0.5", ether));
  }

  private static void sellForNothing(HostileEngine engine, Amount ether) {
    var one = new Amount(VAULT.word().described(VAULT.word().usdcOnBase), BigInteger.ONE);
    var intent = new Intent.Swap(ether, one, "uniswap-v3");
    Evidence honest = engine.honest().evidence(intent);
    List<Price> prices =
        honest.prices().stream()
            .map(price ->
                price.asset().equals(ether.asset().id())
                    ? new Price(
                        price.asset(),
                        new BigDecimal("0.000000001"),
                        engine.clock().instant(),
                        "engine")
                    : price)
            .toList();
    engine.ask(
        engine
            .of(intent, engine.honest().bytes(intent))
            .with(
                new Evidence(
                    honest.simulation(),
                    honest.balance(),
                    prices,
                    honest.origins(),
                    List.of(),
                    List.of())));
  }
}
