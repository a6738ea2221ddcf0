package org.supercargo.evm;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.supercargo.api.Bytes;

/// The functions whose calls are read as effects of their own. Those of [DeniedPower] are known as
/// well, and refused.
///
/// Sources: [ERC-20](https://eips.ethereum.org/EIPS/eip-20), Uniswap's
/// [SwapRouter02](https://docs.uniswap.org/contracts/v3/reference/deployments/base-deployments).
public enum KnownFunction {
  TRANSFER("transfer(address,uint256)"),
  APPROVE("approve(address,uint256)"),
  INCREASE_ALLOWANCE("increaseAllowance(address,uint256)"),
  /// Token in, token out, pool fee, recipient, amount in, least amount out, price limit.
  EXACT_INPUT_SINGLE("exactInputSingle((address,address,uint24,address,uint256,uint256,uint160))"),
  MULTICALL("multicall(bytes[])"),
  /// Deadline in seconds since 1970, calls.
  MULTICALL_UNTIL("multicall(uint256,bytes[])"),
  /// Least amount, recipient.
  UNWRAP_WETH9("unwrapWETH9(uint256,address)");

  private static final Map<Bytes, KnownFunction> BY_SELECTOR =
      Arrays.stream(values())
          .collect(
              Collectors.toUnmodifiableMap(
                  known -> known.function.selector(), Function.identity()));

  // AbiFunction has only final fields of immutable values; it cannot say so without an annotation.
  @SuppressWarnings("ImmutableEnumChecker")
  private final AbiFunction function;

  KnownFunction(String signature) {
    this.function = AbiFunction.of(signature);
  }

  /// The function that `data` calls, if it is known.
  public static Optional<KnownFunction> find(Bytes data) {
    return findBySelector(AbiFunction.selectorOf(data));
  }

  static Optional<KnownFunction> findBySelector(Bytes selector) {
    return Optional.ofNullable(BY_SELECTOR.get(selector));
  }

  String signature() {
    return function.signature();
  }

  public Bytes encode(AbiValue... values) {
    return function.encode(values);
  }

  /// @throws MalformedBytesException if `data` calls something else or is not canonical
  public AbiArguments decode(Bytes data) {
    return function.decode(data);
  }
}
