package org.supercargo.plugin.evm;

import java.math.BigInteger;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.evm.AbiFunction;
import org.supercargo.evm.AbiParameters;
import org.supercargo.evm.AbiValue;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.MalformedBytesException;

/// Asks contracts for numbers.
///
/// Sources: [ERC-20](https://eips.ethereum.org/EIPS/eip-20),
/// [GasPriceOracle](https://docs.optimism.io/stack/transactions/fees).
record ContractReader(EvmNode node) {
  private static final AbiFunction BALANCE_OF = AbiFunction.of("balanceOf(address)");
  private static final AbiFunction DECIMALS = AbiFunction.of("decimals()");
  private static final AbiFunction L1_FEE = AbiFunction.of("getL1Fee(bytes)");
  private static final AbiFunction OPERATOR_FEE = AbiFunction.of("getOperatorFee(uint256)");
  private static final AbiParameters NUMBER = AbiParameters.of("(uint256)");
  private static final EvmAddress GAS_PRICE_ORACLE =
      EvmAddress.parse("0x420000000000000000000000000000000000000F");

  BigInteger balance(EvmAddress token, EvmAddress owner) {
    return number(token, BALANCE_OF.encode(AbiValue.of(owner)));
  }

  int decimals(EvmAddress token) {
    BigInteger decimals = number(token, DECIMALS.encode());
    if (decimals.bitLength() > 8) {
      throw noToken(token);
    }
    return decimals.intValueExact();
  }

  /// What a rollup takes for a transaction besides its gas, in wei; zero on chains that are none.
  BigInteger rollupFee(Bytes unsigned, BigInteger gas) {
    return optional(L1_FEE.encode(AbiValue.of(unsigned)))
        .add(optional(OPERATOR_FEE.encode(AbiValue.of(gas))));
  }

  private BigInteger optional(Bytes call) {
    return switch (call(GAS_PRICE_ORACLE, call)) {
      case CallOutcome.Returned<Bytes>(Bytes data) when data.size() == 32 ->
          NUMBER.decode(data).number(0);
      case CallOutcome.Returned<Bytes> _, CallOutcome.Reverted<Bytes> _ -> BigInteger.ZERO;
    };
  }

  private BigInteger number(EvmAddress token, Bytes call) {
    return switch (call(token, call)) {
      case CallOutcome.Returned<Bytes>(Bytes data) -> decoded(token, data);
      case CallOutcome.Reverted<Bytes> _ -> throw noToken(token);
    };
  }

  private static BigInteger decoded(EvmAddress token, Bytes data) {
    try {
      return NUMBER.decode(data).number(0);
    } catch (MalformedBytesException _) {
      throw noToken(token);
    }
  }

  private CallOutcome<Bytes> call(EvmAddress contract, Bytes data) {
    return node.call(new EvmNode.Call(contract, contract, BigInteger.ZERO, data), EvmNode.LATEST);
  }

  private static SupercargoException noToken(EvmAddress token) {
    return SupercargoException.user(
        "There is no ERC-20 token at " + token, "Check the token's address and its chain.");
  }
}
