package org.supercargo.signer.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.EvmCodec;
import org.supercargo.evm.UnsignedTransaction;
import org.supercargo.solana.MessageCompiler;
import org.supercargo.solana.ProgramInstruction;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.SolanaCodec;

/// The codecs put no bad signature into a transaction, whoever made it.
class AssembledSignatureTest {
  private static final byte[] SECRET = Bytes.fromHex("51".repeat(32)).toArray();
  private static final Address SOLANA_WALLET = solanaWallet();
  private static final Bytes SOLANA_MESSAGE = solanaMessage();
  private static final Address BASE_WALLET = baseWallet();
  private static final Bytes BASE_TRANSACTION = baseTransaction();

  private static Address solanaWallet() {
    try (SigningKey key = KeyType.ED25519.key(SECRET)) {
      return new SolanaCodec().address(ChainId.SOLANA, key.publicKey());
    }
  }

  private static Bytes solanaMessage() {
    PublicKey wallet = PublicKey.of(SOLANA_WALLET);
    PublicKey other = PublicKey.parse("3VTKDoBvXa2C6eezZM4mLFHL6yUVBg6MBPk39kSw5KQv");
    var transfer = new ProgramInstruction.SystemTransfer(wallet, other, BigInteger.valueOf(42));
    return new MessageCompiler(wallet, List.of(transfer.instruction())).legacy(other).serialize();
  }

  private static Address baseWallet() {
    try (SigningKey key = KeyType.SECP256K1.key(SECRET)) {
      return new EvmCodec().address(ChainId.BASE, key.publicKey());
    }
  }

  private static Bytes baseTransaction() {
    return new UnsignedTransaction(
            BigInteger.valueOf(8453),
            BigInteger.ZERO,
            BigInteger.valueOf(1_000_000),
            BigInteger.valueOf(2_000_000_000),
            BigInteger.valueOf(21_000),
            EvmAddress.parse("0x69Fa2b250E8dAE1dB70b5941D40126871e7778B0"),
            BigInteger.ONE,
            Bytes.EMPTY,
            List.of())
        .bytes();
  }

  static List<Ed25519Cases.Case> ed25519Cases() {
    try (SigningKey key = KeyType.ED25519.key(SECRET)) {
      Bytes wallet = key.publicKey();
      return Ed25519Cases.of(SECRET, SOLANA_MESSAGE).stream()
          .filter(each -> each.publicKey().equals(wallet))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("ed25519Cases")
  void only_good_signatures_get_into_a_solana_transaction(Ed25519Cases.Case each) {
    var codec = new SolanaCodec();
    if (each.isGood()) {
      Bytes signed =
          codec.assemble(ChainId.SOLANA, SOLANA_MESSAGE, SOLANA_WALLET, each.signature()).bytes();
      assertThat(signed.hex()).contains(each.signature().hex());
    } else {
      assertThatThrownBy(
              () -> codec.assemble(ChainId.SOLANA, SOLANA_MESSAGE, SOLANA_WALLET, each.signature()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  static List<EcdsaCases.Case> ecdsaCases() {
    Bytes hash = hash();
    try (SigningKey key = KeyType.SECP256K1.key(SECRET)) {
      Bytes wallet = key.publicKey();
      return EcdsaCases.of(
              new BigInteger(1, SECRET),
              BigInteger.valueOf(0x5eed_f00dL).pow(7),
              new BigInteger(1, hash.toArray()))
          .stream()
          .filter(each -> each.hash().equals(hash) && each.publicKey().equals(wallet))
          .toList();
    }
  }

  private static Bytes hash() {
    return new EvmCodec().signingPayload(ChainId.BASE, BASE_TRANSACTION, BASE_WALLET);
  }

  @ParameterizedTest
  @MethodSource("ecdsaCases")
  void only_good_lower_signatures_of_the_right_parity_get_into_an_evm_transaction(
      EcdsaCases.Case each) {
    boolean isLow = false;
    int right = -1;
    if (each.isGood()) {
      EcdsaSignature signature = EcdsaSignature.parse(each.signature());
      isLow = signature.equals(signature.lower());
      right = signature.parity(hash(), Secp256k1.publicPoint(each.publicKey())).orElseThrow();
    }
    for (int parity : new int[] {0, 1, 2, 3, 27, 28, 255}) {
      Bytes full = Bytes.fromHex(each.signature().hex() + "%02x".formatted(parity));
      if (isLow && parity == right) {
        assertThat(
                new EvmCodec()
                    .assemble(ChainId.BASE, BASE_TRANSACTION, BASE_WALLET, full)
                    .bytes()
                    .size())
            .isGreaterThan(BASE_TRANSACTION.size());
      } else {
        assertThatThrownBy(
                () -> new EvmCodec().assemble(ChainId.BASE, BASE_TRANSACTION, BASE_WALLET, full))
            .as("parity %s", parity)
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void a_signature_without_its_parity_is_none() {
    try (SigningKey key = KeyType.SECP256K1.key(SECRET)) {
      Bytes whole = key.sign(hash());
      Bytes cut = Bytes.of(Arrays.copyOf(whole.toArray(), 64));
      assertThatThrownBy(
              () -> new EvmCodec().assemble(ChainId.BASE, BASE_TRANSACTION, BASE_WALLET, cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
