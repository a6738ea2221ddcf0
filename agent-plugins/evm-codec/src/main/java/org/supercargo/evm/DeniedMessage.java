package org.supercargo.evm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.supercargo.api.Bytes;

/// Typed data that is known and never signed.
///
/// Sources: [ERC-2612](https://eips.ethereum.org/EIPS/eip-2612),
/// [ERC-3009](https://eips.ethereum.org/EIPS/eip-3009),
/// [Permit2](https://docs.uniswap.org/contracts/permit2/overview),
/// [Safe](https://docs.safe.global/reference-smart-account/overview).
enum DeniedMessage {
  PERMIT(
      "a permit: it lets a spender take tokens",
      "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
  DAI_PERMIT(
      "a permit: it lets a spender take all tokens",
      "Permit(address holder,address spender,uint256 nonce,uint256 expiry,bool allowed)"),
  PERMIT2_SINGLE(
      "a permit of Permit2: it lets a spender take tokens",
      "PermitSingle(PermitDetails details,address spender,uint256 sigDeadline)"
          + "PermitDetails(address token,uint160 amount,uint48 expiration,uint48 nonce)"),
  PERMIT2_BATCH(
      "a permit of Permit2: it lets a spender take several tokens",
      "PermitBatch(PermitDetails[] details,address spender,uint256 sigDeadline)"
          + "PermitDetails(address token,uint160 amount,uint48 expiration,uint48 nonce)"),
  PERMIT2_TRANSFER(
      "a permit of Permit2: whoever holds it moves tokens to anyone",
      "PermitTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,"
          + "uint256 deadline)TokenPermissions(address token,uint256 amount)"),
  PERMIT2_BATCH_TRANSFER(
      "a permit of Permit2: whoever holds it moves several tokens to anyone",
      "PermitBatchTransferFrom(TokenPermissions[] permitted,address spender,uint256 nonce,"
          + "uint256 deadline)TokenPermissions(address token,uint256 amount)"),
  RECEIVE_WITH_AUTHORIZATION(
      "an authorization that only its receiver can use, which no payment here is made of",
      "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,"
          + "uint256 validBefore,bytes32 nonce)"),
  CANCEL_AUTHORIZATION(
      "the cancellation of an authorization",
      "CancelAuthorization(address authorizer,bytes32 nonce)"),
  SAFE_TRANSACTION(
      "a transaction of a Safe, whatever it does",
      "SafeTx(address to,uint256 value,bytes data,uint8 operation,uint256 safeTxGas,"
          + "uint256 baseGas,uint256 gasPrice,address gasToken,address refundReceiver,"
          + "uint256 nonce)"),
  DELEGATION("a delegation of votes", "Delegation(address delegatee,uint256 nonce,uint256 expiry)");

  private final String what;

  // Bytes never changes; it cannot say so without an annotation.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Bytes typeHash;

  DeniedMessage(String what, String type) {
    this.what = what;
    this.typeHash = Keccak256.hash(Bytes.of(type.getBytes(StandardCharsets.US_ASCII)));
  }

  /// Says what typed data of this type is.
  static String describe(Bytes typeHash) {
    return Arrays.stream(values())
        .filter(message -> message.typeHash.equals(typeHash))
        .map(message -> message.what)
        .findFirst()
        .orElse("typed data of an unknown kind");
  }
}
