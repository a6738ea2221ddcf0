package org.supercargo.evm;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.Effect;

/// Functions that are never called on an agent's behalf, by what they would do. No intent can name
/// them as calls of its own.
///
/// Sources: [ERC-20](https://eips.ethereum.org/EIPS/eip-20),
/// [ERC-2612](https://eips.ethereum.org/EIPS/eip-2612),
/// [ERC-3009](https://eips.ethereum.org/EIPS/eip-3009),
/// [ERC-721](https://eips.ethereum.org/EIPS/eip-721),
/// [ERC-777](https://eips.ethereum.org/EIPS/eip-777),
/// [ERC-1155](https://eips.ethereum.org/EIPS/eip-1155),
/// [ERC-1363](https://eips.ethereum.org/EIPS/eip-1363),
/// [ERC-4337](https://eips.ethereum.org/EIPS/eip-4337),
/// [ERC-6909](https://eips.ethereum.org/EIPS/eip-6909),
/// [ERC-7579](https://eips.ethereum.org/EIPS/eip-7579),
/// [ERC-7710](https://eips.ethereum.org/EIPS/eip-7710),
/// [Permit2](https://docs.uniswap.org/contracts/permit2/overview),
/// [Safe](https://docs.safe.global/reference-smart-account/overview),
/// [Multicall3](https://www.multicall3.com),
/// [OpenZeppelin](https://docs.openzeppelin.com/contracts/5.x/access-control).
enum DeniedPower {
  PERMIT(
      Kind.CONTROL,
      "a signed permit is used",
      "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)",
      "permit(address,address,uint256,uint256,bytes)",
      "permit(address,address,uint256,uint256,bool,uint8,bytes32,bytes32)",
      "permit(address,((address,uint160,uint48,uint48),address,uint256),bytes)",
      "permit(address,((address,uint160,uint48,uint48)[],address,uint256),bytes)",
      "permitTransferFrom(((address,uint256),uint256,uint256),(address,uint256),address,bytes)",
      "permitTransferFrom(((address,uint256)[],uint256,uint256),(address,uint256)[],address,bytes)",
      "permitWitnessTransferFrom(((address,uint256),uint256,uint256),(address,uint256),address,"
          + "bytes32,string,bytes)",
      "permitWitnessTransferFrom(((address,uint256)[],uint256,uint256),(address,uint256)[],address,"
          + "bytes32,string,bytes)"),
  PERMIT2_ALLOWANCE(
      Kind.CONTROL,
      "a spender is set, changed or removed at Permit2",
      "approve(address,address,uint160,uint48)",
      "lockdown((address,address)[])",
      "invalidateNonces(address,address,uint48)",
      "invalidateUnorderedNonces(uint256,uint256)"),
  OTHER_ALLOWANCE(
      Kind.CONTROL,
      "an allowance is changed by an unknown sum",
      "increaseApproval(address,uint256)",
      "decreaseApproval(address,uint256)",
      "decreaseAllowance(address,uint256)",
      "approve(address,uint256,uint256)",
      "approveDelegation(address,uint256)"),
  OPERATOR(
      Kind.CONTROL,
      "an operator of everything is set or removed",
      "setApprovalForAll(address,bool)",
      "authorizeOperator(address)",
      "revokeOperator(address)",
      "setOperator(address,bool)",
      "setOperator(address,address,bool)",
      "allow(address,bool)",
      "hope(address)",
      "setAuthorization(address,bool)",
      "setRelayerApproval(address,address,bool)"),
  APPROVAL_WITH_CALL(
      Kind.CONTROL,
      "a spender is approved and called at once",
      "approveAndCall(address,uint256)",
      "approveAndCall(address,uint256,bytes)"),
  DELEGATION(
      Kind.CONTROL,
      "votes or rights are delegated",
      "delegate(address)",
      "delegateBySig(address,uint256,uint256,uint8,bytes32,bytes32)",
      "delegateAll(address,bytes32,bool)",
      "delegateContract(address,address,bytes32,bool)",
      "delegateERC20(address,address,bytes32,uint256)",
      "delegateForAll(address,bool)",
      "addDelegate(address)",
      "removeDelegate(address,bool)",
      "redeemDelegations(bytes[],bytes32[],bytes[])"),
  OWNERSHIP(
      Kind.CONTROL,
      "its ownership is transferred",
      "transferOwnership(address)",
      "renounceOwnership()",
      "acceptOwnership()",
      "claimOwnership()",
      "setOwner(address)",
      "changeOwner(address)",
      "setPendingOwner(address)",
      "changeAdmin(address)",
      "transferAdmin(address)",
      "setPendingAdmin(address)",
      "acceptAdmin()",
      "setAuthority(address)"),
  ROLE(
      Kind.CONTROL,
      "a role is granted or taken away",
      "grantRole(bytes32,address)",
      "revokeRole(bytes32,address)",
      "renounceRole(bytes32,address)",
      "beginDefaultAdminTransfer(address)",
      "acceptDefaultAdminTransfer()",
      "changeDefaultAdminDelay(uint48)"),
  UPGRADE(
      Kind.CONTROL,
      "its code is replaced",
      "upgradeTo(address)",
      "upgradeToAndCall(address,bytes)",
      "upgrade(address,address)",
      "upgradeAndCall(address,address,bytes)",
      "diamondCut((address,uint8,bytes4[])[],address,bytes)"),
  ACCOUNT_CONTROL(
      Kind.CONTROL,
      "the owners, modules or guards of an account are changed",
      "setup(address[],uint256,address,bytes,address,address,uint256,address)",
      "enableModule(address)",
      "disableModule(address,address)",
      "setGuard(address)",
      "setModuleGuard(address)",
      "setFallbackHandler(address)",
      "addOwnerWithThreshold(address,uint256)",
      "removeOwner(address,address,uint256)",
      "swapOwner(address,address,address)",
      "changeThreshold(uint256)",
      "approveHash(bytes32)",
      "setAllowance(address,address,uint96,uint16,uint32)",
      "installModule(uint256,address,bytes)",
      "uninstallModule(uint256,address,bytes)"),
  TRANSFER_ON_ALLOWANCE(
      Kind.BEYOND_READING,
      "a transfer of tokens on someone's allowance",
      "transferFrom(address,address,uint256)",
      "transferFrom(address,address,uint160,address)",
      "transferFrom((address,address,uint160,address)[])",
      "transferFrom(address,address,uint256,uint256)",
      "transferFromAndCall(address,address,uint256)",
      "transferFromAndCall(address,address,uint256,bytes)",
      "operatorSend(address,address,uint256,bytes,bytes)",
      "operatorBurn(address,uint256,bytes,bytes)",
      "executeAllowanceTransfer(address,address,address,uint96,address,uint96,address,bytes)"),
  COLLECTIBLE_TRANSFER(
      Kind.BEYOND_READING,
      "a transfer of tokens that are not counted as money",
      "safeTransferFrom(address,address,uint256)",
      "safeTransferFrom(address,address,uint256,bytes)",
      "safeTransferFrom(address,address,uint256,uint256,bytes)",
      "safeBatchTransferFrom(address,address,uint256[],uint256[],bytes)",
      "transfer(address,uint256,uint256)"),
  TRANSFER_WITH_CALL(
      Kind.BEYOND_READING,
      "a transfer of tokens that calls its receiver",
      "transferAndCall(address,uint256)",
      "transferAndCall(address,uint256,bytes)",
      "send(address,uint256,bytes)",
      "transfer(address,uint256,bytes)"),
  AUTHORIZATION(
      Kind.BEYOND_READING,
      "a signed authorization is used or cancelled",
      "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,"
          + "bytes32)",
      "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)",
      "receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,"
          + "bytes32)",
      "receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)",
      "cancelAuthorization(address,bytes32,uint8,bytes32,bytes32)",
      "cancelAuthorization(address,bytes32,bytes)"),
  DESTRUCTION(
      Kind.BEYOND_READING,
      "tokens are destroyed",
      "burn(uint256)",
      "burn(uint256,bytes)",
      "burn(address,uint256)",
      "burn(address,uint256,uint256)",
      "burnFrom(address,uint256)",
      "burnBatch(address,uint256[],uint256[])"),
  SEVERAL_CALLS(
      Kind.BEYOND_READING,
      "several calls at once, whatever they do",
      "multicall(bytes32,bytes[])",
      "aggregate((address,bytes)[])",
      "tryAggregate(bool,(address,bytes)[])",
      "blockAndAggregate((address,bytes)[])",
      "tryBlockAndAggregate(bool,(address,bytes)[])",
      "aggregate3((address,bool,bytes)[])",
      "aggregate3Value((address,bool,uint256,bytes)[])",
      "multiSend(bytes)",
      "executeBatch(address[],bytes[])",
      "executeBatch(address[],uint256[],bytes[])",
      "executeBatch((address,uint256,bytes)[])",
      "execute(bytes,bytes[])",
      "execute(bytes,bytes[],uint256)"),
  CALL_BY_ANOTHER_ACCOUNT(
      Kind.BEYOND_READING,
      "another account is made to act, whatever it does",
      "execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)",
      "execTransactionFromModule(address,uint256,bytes,uint8)",
      "execTransactionFromModuleReturnData(address,uint256,bytes,uint8)",
      "execTransactionWithRole(address,uint256,bytes,uint8,uint16,bool)",
      "execTransactionWithRole(address,uint256,bytes,uint8,bytes32,bool)",
      "simulateAndRevert(address,bytes)",
      "execute(address,uint256,bytes)",
      "execute(address,uint256,bytes,uint8)",
      "execute(address,bytes)",
      "execute(bytes32,bytes)",
      "executeFromExecutor(bytes32,bytes)",
      "executeUserOp((address,uint256,bytes,bytes,bytes32,uint256,bytes32,bytes,bytes),bytes32)",
      "handleOps((address,uint256,bytes,bytes,bytes32,uint256,bytes32,bytes,bytes)[],address)",
      "handleOps((address,uint256,bytes,bytes,uint256,uint256,uint256,uint256,uint256,bytes,bytes)"
          + "[],address)");

  private enum Kind {
    /// Control over an account or its funds changes hands.
    CONTROL,
    /// What happens cannot be bounded from the bytes.
    BEYOND_READING
  }

  private record Entry(String signature, DeniedPower power) {}

  private static final Map<Bytes, Entry> BY_SELECTOR =
      Arrays.stream(values())
          .flatMap(power -> power.signatures().map(signature -> new Entry(signature, power)))
          .collect(
              Collectors.toUnmodifiableMap(
                  entry -> AbiFunction.of(entry.signature()).selector(), Function.identity()));

  private final Kind kind;
  private final String consequence;

  // Never written to, and never handed out.
  @SuppressWarnings("ImmutableEnumChecker")
  private final String[] signatures;

  DeniedPower(Kind kind, String consequence, String... signatures) {
    this.kind = kind;
    this.consequence = consequence;
    this.signatures = signatures;
  }

  Stream<String> signatures() {
    return Arrays.stream(signatures);
  }

  /// The power that calls with this selector would use, if it is a denied one.
  static Optional<DeniedPower> find(Bytes selector) {
    return Optional.ofNullable(BY_SELECTOR.get(selector)).map(Entry::power);
  }

  /// The signature of the denied function with this selector, if there is one.
  static Optional<String> signatureOf(Bytes selector) {
    return Optional.ofNullable(BY_SELECTOR.get(selector)).map(Entry::signature);
  }

  String consequence() {
    return consequence;
  }

  Effect effect(Address contract) {
    return switch (kind) {
      case CONTROL -> new Effect.AuthorityChange(contract, consequence);
      case BEYOND_READING -> new Effect.Undecodable(consequence + ", through " + contract);
    };
  }
}
