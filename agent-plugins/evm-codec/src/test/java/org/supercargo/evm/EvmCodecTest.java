package org.supercargo.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.supercargo.evm.Samples.ALICE;
import static org.supercargo.evm.Samples.BOUGHT;
import static org.supercargo.evm.Samples.ROUTER;
import static org.supercargo.evm.Samples.ROUTER_ITSELF;
import static org.supercargo.evm.Samples.SOLD;
import static org.supercargo.evm.Samples.USDC;
import static org.supercargo.evm.Samples.WALLET;
import static org.supercargo.evm.Samples.WALLET_ON_BASE;
import static org.supercargo.evm.Samples.WETH;
import static org.supercargo.evm.Samples.multicall;
import static org.supercargo.evm.Samples.swap;
import static org.supercargo.evm.Samples.to;
import static org.supercargo.evm.Samples.unwrap;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.intent.Effect;

class EvmCodecTest {
  private static final BigInteger NONE = BigInteger.ZERO;
  private static final AssetId ETHER = AssetId.nativeOf(ChainId.BASE);
  private static final AssetId USDC_ID = AssetId.token(USDC.on(ChainId.BASE));
  private static final AssetId WETH_ID = AssetId.token(WETH.on(ChainId.BASE));
  private static final Address ROUTER_ADDRESS = ROUTER.on(ChainId.BASE);

  private final EvmCodec codec = new EvmCodec();

  @Test
  void a_fee_is_the_gas_limit_at_the_highest_price() {
    assertThat(effects(to(ALICE, BigInteger.TEN, Bytes.EMPTY)).getFirst())
        .isEqualTo(
            new Effect.Fee(
                WALLET_ON_BASE,
                ETHER,
                BigInteger.valueOf(65_000L * 20_000_000L),
                BigInteger.valueOf(65_000L * 1_000_000L)));
  }

  @Test
  void plain_value_is_a_move_of_the_native_coin() {
    assertThat(action(to(ALICE, BigInteger.TEN, Bytes.EMPTY)))
        .isEqualTo(new Effect.Move(ETHER, WALLET_ON_BASE, ALICE.on(ChainId.BASE), BigInteger.TEN));
  }

  @Test
  void token_calls_are_moves_and_approvals() {
    assertThat(action(to(USDC, NONE, token(KnownFunction.TRANSFER))))
        .isEqualTo(new Effect.Move(USDC_ID, WALLET_ON_BASE, ALICE.on(ChainId.BASE), SOLD));
    assertThat(action(to(USDC, NONE, token(KnownFunction.APPROVE))))
        .isEqualTo(new Effect.Approval(USDC_ID, WALLET_ON_BASE, ALICE.on(ChainId.BASE), SOLD));
  }

  @Test
  void a_raised_allowance_counts_as_unbounded_because_its_start_is_not_known() {
    assertThat(action(to(USDC, NONE, token(KnownFunction.INCREASE_ALLOWANCE))))
        .isEqualTo(
            new Effect.Approval(
                USDC_ID,
                WALLET_ON_BASE,
                ALICE.on(ChainId.BASE),
                BigInteger.TWO.pow(256).subtract(BigInteger.ONE)));
  }

  @Test
  void what_is_not_understood_is_undecodable() {
    assertUndecodable(to(USDC, NONE, Bytes.fromHex("12345678")), "unknown function 0x12345678");
    assertUndecodable(to(USDC, NONE, Bytes.fromHex("a9")), "data of 1 bytes, too short");
    assertUndecodable(to(USDC, BigInteger.ONE, token(KnownFunction.TRANSFER)), "native value");
  }

  @Test
  void data_behind_the_arguments_makes_a_call_undecodable() {
    Bytes longer = Bytes.fromHex(token(KnownFunction.TRANSFER).hex() + "00");
    assertThat(effects(to(USDC, NONE, longer)))
        .singleElement()
        .isInstanceOf(Effect.Undecodable.class);
  }

  @Test
  void a_creation_and_an_access_list_are_undecodable() {
    UnsignedTransaction plain = to(ALICE, BigInteger.TEN, Bytes.EMPTY);
    assertUndecodable(
        new UnsignedTransaction(
            plain.chainId(), NONE, NONE, NONE, NONE, null, NONE, Bytes.EMPTY, List.of()),
        "creation of a contract");
    assertUndecodable(
        new UnsignedTransaction(
            plain.chainId(),
            NONE,
            NONE,
            NONE,
            NONE,
            ALICE,
            NONE,
            Bytes.EMPTY,
            List.of(new AccessListEntry(USDC, List.of()))),
        "access list");
  }

  @Test
  void another_chain_and_another_wallets_chain_are_undecodable() {
    ChainId mainnet = new ChainId("eip155", "1");
    Bytes bytes = to(ALICE, BigInteger.TEN, Bytes.EMPTY).bytes();
    assertThat(codec.decode(mainnet, bytes, WALLET.on(mainnet), DecodingHints.NONE))
        .singleElement()
        .isEqualTo(
            new Effect.Undecodable("a transaction for the chain with id 8453 instead of eip155:1"));
    assertThatThrownBy(() -> codec.exclusion(mainnet, bytes, WALLET.on(mainnet)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(codec.decode(ChainId.BASE, bytes, WALLET.on(mainnet), DecodingHints.NONE))
        .singleElement()
        .isInstanceOf(Effect.Undecodable.class);
  }

  @Test
  void a_swap_of_tokens_is_an_exchange_through_the_router() {
    var exchange =
        new Effect.Exchange(
            WALLET_ON_BASE, USDC_ID, SOLD, WETH_ID, BOUGHT, WALLET_ON_BASE, ROUTER_ADDRESS);
    assertThat(action(to(ROUTER, NONE, swap(USDC, WETH, WALLET, SOLD)))).isEqualTo(exchange);
    EvmAddress caller = EvmAddress.parse("0x0000000000000000000000000000000000000001");
    assertThat(action(to(ROUTER, NONE, swap(USDC, WETH, caller, SOLD)))).isEqualTo(exchange);
  }

  @Test
  void a_swap_with_value_sells_ether_and_one_with_an_unwrapping_buys_it() {
    assertThat(action(to(ROUTER, SOLD, swap(WETH, USDC, WALLET, SOLD))))
        .isEqualTo(
            new Effect.Exchange(
                WALLET_ON_BASE, ETHER, SOLD, USDC_ID, BOUGHT, WALLET_ON_BASE, ROUTER_ADDRESS));
    for (EvmAddress holder : List.of(ROUTER_ITSELF, ROUTER)) {
      Bytes swap = swap(USDC, WETH, holder, SOLD);
      assertThat(action(to(ROUTER, NONE, multicall(swap, unwrap(ALICE)))))
          .isEqualTo(
              new Effect.Exchange(
                  WALLET_ON_BASE,
                  USDC_ID,
                  SOLD,
                  ETHER,
                  BOUGHT,
                  ALICE.on(ChainId.BASE),
                  ROUTER_ADDRESS));
    }
  }

  @Test
  void the_calldata_of_another_library_decodes_alike() {
    Bytes viem =
        Bytes.fromHex(
            "ac9650d80000000000000000000000000000000000000000000000000000000000000020000000000000"
                + "000000000000000000000000000000000000000000000000000200000000000000000000000000000000"
                + "000000000000000000000000000000400000000000000000000000000000000000000000000000000000"
                + "00000000016000000000000000000000000000000000000000000000000000000000000000e404e45aaf"
                + "000000000000000000000000833589fcd6edb6e08f4c7c32d4f71b54bda0291300000000000000000000"
                + "000042000000000000000000000000000000000000060000000000000000000000000000000000000000"
                + "0000000000000000000001f4000000000000000000000000000000000000000000000000000000000000"
                + "000200000000000000000000000000000000000000000000000000000000002625a00000000000000000"
                + "000000000000000000000000000000000002d79883d20000000000000000000000000000000000000000"
                + "000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
                + "000000000000000000000000000000000000000000000000000000000000004449404b7c000000000000"
                + "0000000000000000000000000000000000000002d79883d200000000000000000000000000009d8a62f6"
                + "56a8d1615c1294fd71e9cfb3e4855a4f0000000000000000000000000000000000000000000000000000"
                + "0000");
    assertThat(viem).isEqualTo(multicall(swap(USDC, WETH, ROUTER_ITSELF, SOLD), unwrap(WALLET)));
  }

  @Test
  void every_other_use_of_the_router_is_undecodable() {
    Bytes toRouter = swap(USDC, WETH, ROUTER_ITSELF, SOLD);
    assertUndecodable(to(ALICE, NONE, swap(USDC, WETH, WALLET, SOLD)), "no known router");
    assertUndecodable(to(ROUTER, NONE, toRouter), "leaves what it buys");
    assertUndecodable(to(ROUTER, NONE, swap(USDC, WETH, WALLET, NONE)), "whatever the router");
    assertUndecodable(
        to(ROUTER, NONE, swap(USDC, WETH, WALLET, SOLD, BigInteger.ONE)), "only a part");
    assertUndecodable(to(ROUTER, NONE, swap(USDC, USDC, WALLET, SOLD)), "for itself");
    assertUndecodable(
        to(ROUTER, BigInteger.ONE, swap(WETH, USDC, WALLET, SOLD)), "native value that differs");
    assertUndecodable(
        to(ROUTER, SOLD, swap(USDC, WETH, WALLET, SOLD)), "native value that differs");
    assertUndecodable(to(ROUTER, NONE, unwrap(WALLET)), "the router's own WETH");
    assertUndecodable(to(ROUTER, NONE, multicall()), "several router calls");
    assertUndecodable(to(ROUTER, NONE, multicall(toRouter)), "several router calls");
    assertUndecodable(
        to(ROUTER, NONE, multicall(toRouter, toRouter, unwrap(WALLET))), "several router calls");
    assertUndecodable(
        to(ROUTER, NONE, multicall(unwrap(WALLET), toRouter)), "several router calls");
    assertUndecodable(
        to(ROUTER, NONE, multicall(swap(USDC, WETH, WALLET, SOLD), unwrap(WALLET))),
        "not what is unwrapped");
    assertUndecodable(
        to(ROUTER, NONE, multicall(swap(WETH, USDC, ROUTER_ITSELF, SOLD), unwrap(WALLET))),
        "not what is unwrapped");
    assertUndecodable(
        to(ROUTER, SOLD, multicall(toRouter, unwrap(WALLET))), "native value that differs");
  }

  @Test
  void a_signature_is_put_in_only_for_its_own_wallet() {
    Bytes unsigned = to(ALICE, BigInteger.TEN, Bytes.EMPTY).bytes();
    Bytes payload = codec.signingPayload(ChainId.BASE, unsigned, WALLET_ON_BASE);
    Bytes signature = TestKey.OF_EIP_155.sign(payload);
    var signed = codec.assemble(ChainId.BASE, unsigned, WALLET_ON_BASE, signature);
    SignedEnvelope envelope = SignedEnvelope.parse(signed.bytes());
    assertThat(envelope.sender()).isEqualTo(WALLET);
    assertThat(signed.id().text()).isEqualTo("0x" + envelope.hash().hex());
    assertThatThrownBy(
            () -> codec.assemble(ChainId.BASE, unsigned, ALICE.on(ChainId.BASE), signature))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not one of");
    Bytes other = to(ALICE, BigInteger.ONE, Bytes.EMPTY).bytes();
    assertThatThrownBy(() -> codec.assemble(ChainId.BASE, other, WALLET_ON_BASE, signature))
        .isInstanceOf(IllegalArgumentException.class);
    ChainId mainnet = new ChainId("eip155", "1");
    assertThatThrownBy(() -> codec.signingPayload(mainnet, unsigned, WALLET.on(mainnet)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void two_transactions_with_one_nonce_exclude_each_other() {
    Bytes one = to(ALICE, BigInteger.TEN, Bytes.EMPTY).bytes();
    Bytes other = to(USDC, NONE, token(KnownFunction.TRANSFER)).bytes();
    assertThat(codec.exclusion(ChainId.BASE, one, WALLET_ON_BASE)).contains("nonce 7");
    assertThat(codec.exclusion(ChainId.BASE, other, WALLET_ON_BASE)).contains("nonce 7");
  }

  private static Bytes token(KnownFunction function) {
    return function.encode(AbiValue.of(ALICE), AbiValue.of(SOLD));
  }

  private List<Effect> effects(UnsignedTransaction transaction) {
    return codec.decode(ChainId.BASE, transaction.bytes(), WALLET_ON_BASE, DecodingHints.NONE);
  }

  private Effect action(UnsignedTransaction transaction) {
    List<Effect> effects = effects(transaction);
    assertThat(effects).hasSize(2);
    return effects.get(1);
  }

  private void assertUndecodable(UnsignedTransaction transaction, String reason) {
    assertThat(action(transaction))
        .isInstanceOfSatisfying(
            Effect.Undecodable.class, effect -> assertThat(effect.what()).contains(reason));
  }
}
