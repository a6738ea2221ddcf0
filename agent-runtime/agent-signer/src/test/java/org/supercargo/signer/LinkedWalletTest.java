package org.supercargo.signer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.UnsignedTransaction;
import org.supercargo.signer.key.DistantKey;
import org.supercargo.signer.key.KeyStore;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.Passphrase;
import org.supercargo.signer.key.Patience;
import org.supercargo.signer.key.RemoteSigners;
import org.supercargo.signer.key.SigningKey;

/// An agent's wallet whose key lives elsewhere: the agent file names it like any other.
class LinkedWalletTest {
  @TempDir Path temporary;

  private final SigningKey key = KeyType.SECP256K1.key(Bytes.fromHex("42".repeat(32)).toArray());
  private final DistantKey place = new DistantKey(key);
  private AgentSpec agent;

  @BeforeEach
  void readTheAgent() throws Exception {
    agent = AgentFile.read(AgentFiles.write(temporary), new Codecs()).spec();
  }

  @AfterEach
  void close() {
    key.close();
  }

  private KeyStore store() {
    var limits =
        new Patience.Limits(Duration.ofSeconds(30), Duration.ofSeconds(30), 1, Duration.ZERO);
    return new KeyStore(
        temporary.resolve("home"),
        Passphrase.of("a long passphrase".getBytes(UTF_8)),
        new SecureRandom(),
        new DomainJson(),
        RemoteSigners.of(List.of(place), new Patience(limits, () -> 0, pause -> {})));
  }

  private Map<ChainId, Wallet> open(KeyStore store) {
    return Objects.requireNonNull(
        new WalletOpener(store, new Codecs().all()).open(List.of(agent)).get(agent.id()));
  }

  private static Bytes transaction() {
    return new UnsignedTransaction(
            BigInteger.valueOf(8453),
            BigInteger.ZERO,
            BigInteger.valueOf(1_000_000),
            BigInteger.valueOf(2_000_000_000),
            BigInteger.valueOf(21_000),
            EvmAddress.parse(AgentFiles.ALICE_ON_BASE),
            BigInteger.ONE,
            Bytes.EMPTY,
            List.of())
        .bytes();
  }

  private static TransactionCodec.Signed signed(Wallet wallet) {
    TransactionCodec codec = wallet.codec();
    Bytes payload = codec.signingPayload(ChainId.BASE, transaction(), wallet.address());
    return codec.assemble(
        ChainId.BASE, transaction(), wallet.address(), wallet.key().sign(payload));
  }

  @Test
  void it_opens_beside_one_that_is_here_and_signs_what_that_would_sign() {
    try (KeyStore store = store()) {
      store.create("main", KeyType.ED25519);
      store.link("main", KeyType.SECP256K1, DistantKey.NAME);
      Map<ChainId, Wallet> wallets = open(store);
      Wallet linked = Objects.requireNonNull(wallets.get(ChainId.BASE));
      assertThat(wallets).containsOnlyKeys(ChainId.BASE, ChainId.SOLANA);
      assertThat(linked.address().text())
          .isEqualTo(EvmAddress.ofPublicKey(key.publicKey()).toString());

      place.answerUpperHalf();
      Wallet here = Wallet.of(ChainId.BASE, key, linked.codec());
      assertThat(signed(linked)).isEqualTo(signed(here));
      wallets.values().forEach(wallet -> wallet.key().close());
    }
    assertThat(place.closed()).as("the connections of linking and of signing").isEqualTo(2);
  }

  @Test
  void a_wallet_that_does_not_open_closes_those_that_did() {
    try (KeyStore store = store()) {
      store.link("main", KeyType.SECP256K1, DistantKey.NAME);
      assertThatThrownBy(() -> open(store))
          .isInstanceOf(SupercargoException.class)
          .hasMessageContaining("names the key main for solana");
    }
    assertThat(place.closed()).isEqualTo(place.opened());
  }
}
