package org.supercargo.evm;

import java.util.Arrays;
import java.util.Optional;
import org.supercargo.api.Bytes;

/// The functions whose calls are recognised in transactions.
///
/// Sources: [ERC-20](https://eips.ethereum.org/EIPS/eip-20),
/// [ERC-2612](https://eips.ethereum.org/EIPS/eip-2612),
/// [ERC-721](https://eips.ethereum.org/EIPS/eip-721), Uniswap's
/// [SwapRouter02](https://docs.uniswap.org/contracts/v3/reference/deployments/base-deployments).
public enum KnownFunction {
  TRANSFER("transfer(address,uint256)"),
  APPROVE("approve(address,uint256)"),
  INCREASE_ALLOWANCE("increaseAllowance(address,uint256)"),
  TRANSFER_FROM("transferFrom(address,address,uint256)"),
  PERMIT("permit(address,address,uint256,uint256,uint8,bytes32,bytes32)"),
  SET_APPROVAL_FOR_ALL("setApprovalForAll(address,bool)"),
  TRANSFER_OWNERSHIP("transferOwnership(address)"),
  /// Token in, token out, pool fee, recipient, amount in, least amount out, price limit.
  EXACT_INPUT_SINGLE("exactInputSingle((address,address,uint24,address,uint256,uint256,uint160))"),
  MULTICALL("multicall(bytes[])"),
  /// Deadline in seconds since 1970, calls.
  MULTICALL_UNTIL("multicall(uint256,bytes[])"),
  /// Least amount, recipient.
  UNWRAP_WETH9("unwrapWETH9(uint256,address)");

  // AbiFunction has only final fields of immutable values; it cannot say so without an annotation.
  @SuppressWarnings("ImmutableEnumChecker")
  private final AbiFunction function;

  KnownFunction(String signature) {
    this.function = AbiFunction.of(signature);
  }

  /// The function that `data` calls, if it is known.
  public static Optional<KnownFunction> find(Bytes data) {
    Bytes selector = AbiFunction.selectorOf(data);
    return Arrays.stream(values())
        .filter(known -> known.function.selector().equals(selector))
        .findFirst();
  }

  public Bytes encode(AbiValue... values) {
    return function.encode(values);
  }

  /// @throws MalformedBytesException if `data` calls something else or is not canonical
  public AbiArguments decode(Bytes data) {
    return function.decode(data);
  }
}
