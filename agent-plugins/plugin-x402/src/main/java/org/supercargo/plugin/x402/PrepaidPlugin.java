package org.supercargo.plugin.x402;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Action;
import org.supercargo.api.action.Param;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.payment.PaymentHost;

/// Lets agents see what is left of what they paid to hosts in advance, and pay more.
public final class PrepaidPlugin implements Plugin {
  /// What agent files call it.
  public static final String NAME = "prepaid";

  private final List<PaymentHost> hosts;

  /// @param hosts those that are paid in advance
  public PrepaidPlugin(List<PaymentHost> hosts) {
    this.hosts = List.copyOf(hosts);
  }

  @Override
  public String name() {
    return NAME;
  }

  /// What each host says is left. One that cannot be asked hides no other.
  @Action(
      value = "What is left of what was paid to hosts in advance, such as for models",
      examples = {"what is prepaid", "how much is prepaid at {host}", "show prepaid balances"})
  public String prepaid(
      @Param(value = "only this host, such as api.venice.ai", required = false)
          @Nullable String host) {
    List<PaymentHost> asked = host == null ? hosts : List.of(find(host));
    return asked.isEmpty()
        ? "No host is paid in advance."
        : asked.stream().map(PrepaidPlugin::line).collect(Collectors.joining("\n"));
  }

  private static String line(PaymentHost host) {
    try {
      return host.host()
          + ": "
          + host.prepaid().map(left -> left.number() + " USD left").orElse("nothing in advance");
    } catch (SupercargoException e) {
      return host.host() + ": not known: " + e.what();
    }
  }

  /// Asks the host what to sign; nothing is paid here.
  @Action(
      value = "Pay a host more in advance, such as for models",
      examples = {
        "refill {host} with {amount} on {chain}",
        "top up {host} with {amount} on {chain}"
      })
  public Intent.Payment refill(
      @Param("the host, such as api.venice.ai") String host,
      @Param("how much, such as 10 USDC") Amount amount,
      @Param(value = "the chain to pay on, where the asset is on several", required = false)
          @Nullable ChainId chain) {
    if (chain != null && !chain.equals(amount.asset().chain())) {
      throw SupercargoException.user(
          amount + " is on " + amount.asset().chain().name() + ", not on " + chain.name(),
          "Name the asset's own chain, or another asset.");
    }
    return find(host).topUp(amount);
  }

  private PaymentHost find(String name) {
    return hosts.stream()
        .filter(host -> host.host().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(() ->
            SupercargoException.user(
                "No host \"" + name + "\" is paid in advance",
                hosts.isEmpty()
                    ? "Give a backend of models.yaml a wallet first; see docs/models.md."
                    : "Known: "
                        + hosts.stream().map(PaymentHost::host).collect(Collectors.joining(", "))
                        + "."));
  }
}
