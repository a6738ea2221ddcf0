package org.supercargo.signer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.Bytes;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.intent.Simulation;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.engine.signing.Evidence;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignAnswer.Refused;
import org.supercargo.engine.signing.SignAnswer.Signed;
import org.supercargo.engine.signing.SignRequest;
import org.supercargo.engine.store.BudgetQuestion;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.UnsignedTransaction;
import org.supercargo.signer.key.KeyStore;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.Passphrase;
import org.supercargo.signer.log.SigningLog;
import org.supercargo.solana.MessageCompiler;
import org.supercargo.solana.ProgramInstruction;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.Transaction;

/// The signer with the codecs, keys and agent file it has in production.
class RealChainsTest {
  private static final AgentId AGENT = new AgentId("treasurer");
  private static final InstantSource CLOCK = () -> Instant.parse("2027-01-01T00:00:00Z");

  @TempDir Path temporary;

  private AgentSpec spec;
  private SigningLog log;
  private SigningService service;
  private int intents;

  @BeforeEach
  void open() throws Exception {
    var codecs = new Codecs();
    Path home = temporary.resolve("home");
    AgentFile file = AgentFile.read(AgentFiles.write(temporary), codecs);
    spec = file.spec();
    log = SigningLog.open(home, Duration.ofHours(24), new DomainJson());
    var passphrase = Passphrase.of("a long passphrase".getBytes(UTF_8));
    try (var keys = new KeyStore(home, passphrase, new SecureRandom(), new DomainJson())) {
      keys.create("main", KeyType.ED25519);
      keys.create("main", KeyType.SECP256K1);
      service =
          new SigningService(
              List.of(file),
              keys,
              codecs.all(),
              log,
              new StopSwitch(home, new DomainJson(), CLOCK),
              CLOCK);
    }
  }

  @AfterEach
  void close() {
    service.close();
    log.close();
  }

  private Address wallet(ChainId chain) {
    return Optional.ofNullable(service.wallets(AGENT).get(chain)).orElseThrow();
  }

  private SignAnswer sign(String number, String payee, ChainId chain, Bytes unsigned) {
    Asset coin = spec.asset(AssetId.nativeOf(chain)).orElseThrow();
    var alice = new Payee("alice", new Address(chain, payee), Provenance.MANDATE);
    intents++;
    return sign(intents, 1, alice, Amount.parse(number, coin), unsigned);
  }

  private SignAnswer sign(int intent, int attempt, Payee payee, Amount amount, Bytes unsigned) {
    ChainId chain = amount.asset().chain();
    return service.sign(
        new SignRequest(
            new IntentId(new TickId(AGENT, intent), 0),
            attempt,
            chain,
            new Intent.Transfer(payee, amount, ""),
            unsigned,
            new Validity.UntilHeight(1_000),
            1,
            log.signatures(AGENT),
            Evidence.of(new Simulation(null, List.of(), List.of()))));
  }

  private Bytes lamports(String payee, long lamports) {
    PublicKey wallet = PublicKey.of(wallet(ChainId.SOLANA));
    var transfer =
        new ProgramInstruction.SystemTransfer(
            wallet, PublicKey.parse(payee), BigInteger.valueOf(lamports));
    return new MessageCompiler(wallet, List.of(transfer.instruction()))
        .legacy(PublicKey.parse(AgentFiles.ALICE_ON_SOLANA))
        .serialize();
  }

  private static Bytes wei(String payee, long nonce, BigInteger wei) {
    return wei(payee, nonce, wei, 2_000_000_000);
  }

  private static Bytes wei(String payee, long nonce, BigInteger wei, long mostPerGas) {
    return new UnsignedTransaction(
            BigInteger.valueOf(8453),
            BigInteger.valueOf(nonce),
            BigInteger.valueOf(1_000_000),
            BigInteger.valueOf(mostPerGas),
            BigInteger.valueOf(21_000),
            EvmAddress.parse(payee),
            wei,
            Bytes.EMPTY,
            List.of())
        .bytes();
  }

  @Test
  void a_payment_on_solana_is_signed_with_a_signature_that_verifies() {
    Bytes unsigned = lamports(AgentFiles.ALICE_ON_SOLANA, 500_000_000);
    var signed = (Signed) sign("0.5", AgentFiles.ALICE_ON_SOLANA, ChainId.SOLANA, unsigned);
    Transaction transaction = Transaction.parse(signed.bytes());
    assertThat(transaction.isFullySigned()).isTrue();
    assertThat(signed.transaction().text()).isEqualTo(transaction.id());
    byte[] key = PublicKey.of(wallet(ChainId.SOLANA)).bytes().toArray();
    byte[] signature = transaction.signatures().getFirst().toArray();
    byte[] message = unsigned.toArray();
    assertThat(Ed25519.verify(signature, 0, key, 0, message, 0, message.length)).isTrue();
  }

  @Test
  void a_payment_on_base_is_signed_into_an_envelope() {
    Bytes unsigned = wei(AgentFiles.ALICE_ON_BASE, 7, BigInteger.TEN.pow(17));
    var signed = (Signed) sign("0.1", AgentFiles.ALICE_ON_BASE, ChainId.BASE, unsigned);
    assertThat(signed.bytes().hex()).startsWith("02f8");
    assertThat(signed.transaction().text()).matches("0x[0-9a-f]{64}");
  }

  @Test
  void bytes_for_another_payee_or_amount_are_refused_on_both_chains() {
    String mallory = "2DssAHsp9sux5WdYXSL3odKb76eyehx8DG9dzCejZizJ";
    String hers = "0x973961849b8df4006055510E2885847Bc48A10d5";
    BigInteger milliEther = BigInteger.TEN.pow(15);
    List<SignAnswer> answers =
        List.of(
            sign("0.001", AgentFiles.ALICE_ON_SOLANA, ChainId.SOLANA, lamports(mallory, 1_000_000)),
            sign("0.001", mallory, ChainId.SOLANA, lamports(mallory, 1_000_000)),
            sign(
                "0.001",
                AgentFiles.ALICE_ON_SOLANA,
                ChainId.SOLANA,
                lamports(AgentFiles.ALICE_ON_SOLANA, 1_000_001)),
            sign("0.001", AgentFiles.ALICE_ON_BASE, ChainId.BASE, wei(hers, 0, milliEther)),
            sign("0.001", hers, ChainId.BASE, wei(hers, 0, milliEther)),
            sign(
                "0.001",
                AgentFiles.ALICE_ON_BASE,
                ChainId.BASE,
                wei(AgentFiles.ALICE_ON_BASE, 0, milliEther.add(BigInteger.ONE))));
    assertThat(answers).allMatch(Refused.class::isInstance);
    assertThat(log.signatures()).isZero();
  }

  @Test
  void a_solana_message_changed_in_any_bit_that_matters_but_its_blockhash_is_refused() {
    byte[] honest = lamports(AgentFiles.ALICE_ON_SOLANA, 1_000).toArray();
    // Three bytes of header, one for the number of accounts, three accounts, then the blockhash.
    int blockhash = 3 + 1 + 3 * 32;
    for (int at = 0; at < honest.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = honest.clone();
        changed[at] = (byte) (changed[at] ^ (1 << bit));
        SignAnswer answer =
            sign("0.000001", AgentFiles.ALICE_ON_SOLANA, ChainId.SOLANA, Bytes.of(changed));
        if (at >= blockhash && at < blockhash + 32) {
          assertThat(answer).as("bit %s of byte %s", bit, at).isInstanceOf(Signed.class);
        } else {
          assertThat(answer).as("bit %s of byte %s", bit, at).isInstanceOf(Refused.class);
        }
      }
    }
  }

  @Test
  void an_envelope_changed_in_any_bit_is_refused_or_pays_the_same_to_the_same() {
    byte[] honest = wei(AgentFiles.ALICE_ON_BASE, 300, BigInteger.valueOf(1_000)).toArray();
    int signed = 0;
    for (int at = 0; at < honest.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = honest.clone();
        changed[at] = (byte) (changed[at] ^ (1 << bit));
        SignAnswer answer =
            sign("0.000000000000001", AgentFiles.ALICE_ON_BASE, ChainId.BASE, Bytes.of(changed));
        if (answer instanceof Signed) {
          signed++;
          UnsignedTransaction meant = UnsignedTransaction.parse(Bytes.of(changed));
          assertThat(meant.to()).isEqualTo(EvmAddress.parse(AgentFiles.ALICE_ON_BASE));
          assertThat(meant.value()).isEqualTo(BigInteger.valueOf(1_000));
          assertThat(meant.chainId()).isEqualTo(BigInteger.valueOf(8453));
          assertThat(meant.gasLimit().multiply(meant.maxFeePerGas()))
              .isLessThanOrEqualTo(new BigInteger("500000000000000"));
        }
      }
    }
    assertThat(signed).as("changes of nonce and fees below the ceiling").isPositive();
  }

  @Test
  void a_dearer_transaction_of_the_same_nonce_replaces_the_first_and_one_of_another_does_not() {
    Asset ether = spec.asset(AssetId.nativeOf(ChainId.BASE)).orElseThrow();
    var alice =
        new Payee("alice", new Address(ChainId.BASE, AgentFiles.ALICE_ON_BASE), Provenance.TOOL);
    Amount amount = Amount.parse("0.001", ether);
    BigInteger wei = amount.baseUnits();
    String payee = AgentFiles.ALICE_ON_BASE;
    assertThat(sign(1, 1, alice, amount, wei(payee, 7, wei))).isInstanceOf(Signed.class);
    assertThat(sign(1, 2, alice, amount, wei(payee, 8, wei))).isInstanceOf(Refused.class);
    assertThat(sign(1, 2, alice, amount, wei(payee, 7, wei, 3_000_000_000L)))
        .isInstanceOf(Signed.class);
    var spent = new BudgetQuestion(AGENT, "pay alice", ether.id(), null, null, null);
    assertThat(log.spent(spent, null)).isEqualTo(wei);
  }
}
