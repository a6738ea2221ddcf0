package org.supercargo.api.agent;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.mandate.Mandate;

/// An agent file as values: who the agent is, what it may use, and what it may never exceed.
///
/// @param purpose one sentence that opens the planner's instructions
/// @param plugins names of the plugins whose actions the agent may call
/// @param wallets key name in the signer's key store for each chain the agent acts on
/// @param assets every asset the agent knows; symbols are unique within a chain
/// @param goals those the file names
/// @param orders what is done without a model
/// @param owner Ed25519 public key (32 bytes) whose seal the file needs; null when it needs none
public record AgentSpec(
    AgentId id,
    String purpose,
    ModelSpec model,
    List<String> plugins,
    Map<ChainId, String> wallets,
    List<Asset> assets,
    AddressBook addressBook,
    Mandate mandate,
    TickLimits limits,
    Planning planning,
    List<GoalSpec> goals,
    List<StandingOrder> orders,
    @Nullable Bytes owner) {
  public AgentSpec {
    requireNonNull(id, "id is null");
    requireNonNull(purpose, "purpose is null");
    requireNonNull(model, "model is null");
    plugins = List.copyOf(plugins);
    wallets = Map.copyOf(wallets);
    assets = List.copyOf(assets);
    requireNonNull(addressBook, "addressBook is null");
    requireNonNull(mandate, "mandate is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(planning, "planning is null");
    goals = List.copyOf(goals);
    orders = List.copyOf(orders);
  }

  /// An agent whose file names no owner, no goals and no orders.
  public AgentSpec(
      AgentId id,
      String purpose,
      ModelSpec model,
      List<String> plugins,
      Map<ChainId, String> wallets,
      List<Asset> assets,
      AddressBook addressBook,
      Mandate mandate,
      TickLimits limits) {
    this(
        id,
        purpose,
        model,
        plugins,
        wallets,
        assets,
        addressBook,
        mandate,
        limits,
        Planning.DEFAULT,
        List.of(),
        List.of(),
        null);
  }

  /// The same agent, planned by other models.
  public AgentSpec withModel(ModelSpec other) {
    return new AgentSpec(
        id,
        purpose,
        other,
        plugins,
        wallets,
        assets,
        addressBook,
        mandate,
        limits,
        planning,
        goals,
        orders,
        owner);
  }

  /// The same agent with an owner whose seal its file needs.
  public AgentSpec withOwner(Bytes key) {
    return new AgentSpec(
        id,
        purpose,
        model,
        plugins,
        wallets,
        assets,
        addressBook,
        mandate,
        limits,
        planning,
        goals,
        orders,
        key);
  }

  /// The goal the file gives this name.
  public Optional<GoalSpec> goal(String name) {
    return goals.stream().filter(goal -> goal.name().equals(name)).findFirst();
  }

  public Optional<Asset> asset(AssetId id) {
    return assets.stream().filter(asset -> asset.id().equals(id)).findFirst();
  }

  /// Assets with this symbol, ignoring case, on any chain.
  public List<Asset> assets(String symbol) {
    return assets.stream().filter(asset -> asset.symbol().equalsIgnoreCase(symbol)).toList();
  }
}
