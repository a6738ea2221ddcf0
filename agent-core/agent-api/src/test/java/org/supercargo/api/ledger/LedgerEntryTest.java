package org.supercargo.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;

final class LedgerEntryTest {
  private static final AssetId SOL = AssetId.nativeOf(ChainId.SOLANA);
  private static final AssetId ETH = AssetId.nativeOf(ChainId.BASE);

  private static Posting posting(String account, AssetId asset, long baseUnits) {
    return new Posting(account, asset, BigInteger.valueOf(baseUnits));
  }

  private static LedgerEntry entry(Posting... postings) {
    return new LedgerEntry(
        new AgentId("captain"), "key", Instant.EPOCH, "test", "reference", List.of(postings));
  }

  @Test
  void an_entry_that_sums_to_zero_in_every_asset_stands() {
    assertThat(
            entry(
                    posting("wallet/solana", SOL, -7),
                    posting("expense/fees/solana", SOL, 5),
                    posting("expense/payee/alice", SOL, 2),
                    posting("wallet/base", ETH, 9),
                    posting("exchange/venue", ETH, -9))
                .postings())
        .hasSize(5);
  }

  @Test
  void an_entry_that_is_one_base_unit_out_is_refused() {
    assertThatThrownBy(
            () -> entry(posting("wallet/solana", SOL, -7), posting("expense/fees/solana", SOL, 6)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("out of balance by -1 base units of " + SOL);
  }

  @Test
  void one_asset_never_balances_another() {
    assertThatThrownBy(
            () -> entry(posting("wallet/solana", SOL, -7), posting("wallet/base", ETH, 7)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
