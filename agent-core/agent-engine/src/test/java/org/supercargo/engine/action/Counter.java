package org.supercargo.engine.action;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Action;
import org.supercargo.api.action.Param;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

/// A plugin whose actions say what they were given.
public final class Counter implements Plugin {
  /// How fast.
  public enum Speed {
    SLOW,
    FAST
  }

  @Override
  public String name() {
    return "test";
  }

  @Action("Pay someone")
  public Intent send(
      @Param("who") Payee payee,
      @Param("how much") Amount amount,
      @Param(value = "where", required = false) @Nullable ChainId chain) {
    return new Intent.Transfer(payee, amount, "");
  }

  @Action("Exchange")
  public Intent swap(@Param("what") Amount sell, @Param("at least") Amount minimum) {
    return new Intent.Swap(sell, minimum, "venue");
  }

  @Action("Look")
  public String balance(
      @Param("of what") Asset asset,
      @Param(value = "where", required = false) @Nullable ChainId chain) {
    return asset.id().toString();
  }

  @Action("Everything else")
  public String other(
      @Param("words") String text,
      @Param("count") int count,
      @Param(value = "flag", required = false) @Nullable Boolean flag,
      @Param(value = "speed", required = false) @Nullable Speed speed,
      @Param(value = "length", required = false) @Nullable Duration length) {
    return text + " " + count + " " + flag + " " + speed + " " + length;
  }

  @Action("Fails")
  public String fail(@Param("how") String how) throws Exception {
    switch (how) {
      case "politely" -> throw SupercargoException.user("The shop is closed", "Come tomorrow.");
      case "badly" -> throw new IllegalStateException("oops");
      default -> throw new java.io.IOException("no network");
    }
  }
}
