package org.supercargo.engine.file;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Rule;

/// Looks at the contracts, functions and hosts of one rule.
///
/// @param path of the rule in its file
record CallInspection(AgentSpec spec, Rule rule, String path) {
  /// Functions that hand tokens, rights or the contract itself to others.
  private static final Set<String> GIVING =
      Set.of(
          "approve",
          "increaseAllowance",
          "setApprovalForAll",
          "permit",
          "transfer",
          "transferFrom",
          "safeTransferFrom",
          "transferOwnership",
          "grantRole",
          "setOwner",
          "delegate",
          "upgradeTo",
          "upgradeToAndCall",
          "execute",
          "multicall",
          "aggregate");

  void inspect(MandateInspection.Report report) {
    inspectFunctions(report);
    inspectContracts(report);
    all(Condition.Hosts.class)
        .flatMap(hosts -> hosts.hosts().stream())
        .filter(host -> host.startsWith("xn--") || host.contains(".xn--"))
        .forEach(host ->
            report.warn(
                path + ".hosts",
                host + " is a name in other letters, which can look like another host",
                "Make sure that it is the one you mean."));
  }

  private <T> Stream<T> all(Class<T> type) {
    return rule.conditions().stream().filter(type::isInstance).map(type::cast);
  }

  private void inspectFunctions(MandateInspection.Report report) {
    Set<Integer> bound =
        all(Condition.Argument.class).map(Condition.Argument::index).collect(Collectors.toSet());
    all(Condition.Functions.class)
        .flatMap(functions -> functions.signatures().stream())
        .sorted()
        .forEach(signature -> {
          String name = signature.substring(0, signature.indexOf('('));
          if (GIVING.contains(name)) {
            report.warn(
                path + ".functions",
                signature + " hands tokens, rights or control to others, past what is counted here",
                "Leave it out; use a transfer or swap rule instead.");
          }
          List<String> parameters = CallReader.parameters(signature);
          for (int index = 0; index < parameters.size(); index++) {
            if (parameters.get(index).startsWith("address") && !bound.contains(index)) {
              report.warn(
                  path + ".functions",
                  "argument " + index + " of " + signature + " may be anyone's address",
                  "Add \"arguments: { " + index + ": [name] }\" with a name of the address book.");
            }
          }
        });
  }

  private void inspectContracts(MandateInspection.Report report) {
    Set<AssetId> tokens = spec.assets().stream().map(Asset::id).collect(Collectors.toSet());
    all(Condition.Contracts.class)
        .flatMap(condition -> condition.addresses().stream())
        .filter(contract -> tokens.contains(AssetId.token(contract)))
        .forEach(contract ->
            report.warn(
                path + ".contracts",
                contract + " is a token's own contract",
                "Move tokens by transfer rules; name the venue or the rewards contract here."));
  }
}
