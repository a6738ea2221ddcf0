package org.supercargo.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.PriceSource;
import org.supercargo.api.mandate.Price;
import org.supercargo.engine.OrderReport;
import org.supercargo.engine.Wiring;
import org.supercargo.testkit.ScriptedFaults;
import org.supercargo.testkit.ScriptedModel;

/// Orders of a mandate that asks for independent prices.
final class OrderPriceTest extends StandingOrders {

  private static final String ASKS_FOR_PRICES =
      Harbour.FILE.replace("  expires: 2028-01-01\n", "  expires: 2028-01-01\n  quote-age: 5m\n");

  /// Prices as a test sets them; one of an asset it does not know is not known.
  private static final class Board implements PriceSource {
    private final Map<AssetId, Price> prices = new HashMap<>();
    private @Nullable SupercargoException failure;

    @Override
    public Optional<Price> price(AssetId asset) {
      if (failure != null) {
        throw failure;
      }
      return Optional.ofNullable(prices.get(asset));
    }
  }

  private OrderReport lookWith(Board board) {
    Wiring usual = harbour.wiring(ScriptedModel.inOrder());
    return only(
        look(
            new Wiring(
                usual.store(),
                usual.signer(),
                usual.chains(),
                usual.venues(),
                List.of(board),
                usual.plugins(),
                usual.models(),
                usual.addresses(),
                usual.clock(),
                usual.pause(),
                usual.patience(),
                usual.listener())));
  }

  private void says(Board board, String symbol, String usd, Instant at) {
    AssetId asset = harbour.asset(symbol, ChainId.BASE).id();
    board.prices.put(asset, new Price(asset, new BigDecimal(usd), at, "board"));
  }

  @Test
  void a_venue_whose_price_was_pushed_triggers_nothing_while_independent_prices_disagree() {
    harbour = new Harbour(ASKS_FOR_PRICES + STOP_LOSS, new ScriptedFaults(), new ScriptedFaults());
    var board = new Board();
    price("2000");
    says(board, "ETH", "2500", harbour.clock.instant());
    says(board, "USDC", "1", harbour.clock.instant());
    OrderReport report = lookWith(board);
    assertThat(report.due()).isFalse();
    assertThat(report.price())
        .isEqualTo("2000 USDC by exchange, 2500 USD for one ETH and 1 USD for one USDC by board");
    says(board, "ETH", "2400.5", harbour.clock.instant());
    says(board, "USDC", "0.999999999999999999", harbour.clock.instant());
    assertThat(lookWith(board).due()).as("a hair above the limit, undivided").isFalse();
    says(board, "USDC", "1", harbour.clock.instant());
    assertThat(lookWith(board).due()).isTrue();
  }

  @Test
  void a_price_that_is_old_or_cannot_be_read_leaves_the_order_waiting() {
    harbour = new Harbour(ASKS_FOR_PRICES + STOP_LOSS, new ScriptedFaults(), new ScriptedFaults());
    var board = new Board();
    price("2000");
    says(board, "USDC", "1", harbour.clock.instant());
    says(board, "ETH", "2000", harbour.clock.instant().minus(Duration.ofMinutes(6)));
    assertThat(lookWith(board))
        .satisfies(report -> assertThat(report.due()).isFalse())
        .satisfies(report -> assertThat(report.reason()).contains("none older than"));
    says(board, "ETH", "2000", harbour.clock.instant().plus(Duration.ofMinutes(6)));
    assertThat(lookWith(board).due()).as("a price from the future").isFalse();
    says(board, "ETH", "2000", harbour.clock.instant());
    board.failure = SupercargoException.transientFailure("the board is dark", "Wait.", null);
    assertThat(lookWith(board).reason()).contains("the board is dark");
    board.failure = null;
    assertThat(lookWith(board).due()).isTrue();
  }

  @Test
  void a_price_nobody_knows_is_never_reached() {
    harbour = harbour(STOP_LOSS);
    assertThat(only(look()).reason()).isEqualTo("nobody here knows a price of ETH in USDC");
    assertThat(ticks()).isZero();
  }
}
