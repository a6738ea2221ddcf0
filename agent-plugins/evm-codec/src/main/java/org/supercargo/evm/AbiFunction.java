package org.supercargo.evm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.supercargo.api.Bytes;

/// A contract's function, named by the first four bytes of its signature's hash.
///
/// Source: [contract ABI](https://docs.soliditylang.org/en/latest/abi-spec.html).
public final class AbiFunction {
  private static final int SELECTOR_SIZE = 4;

  private final String signature;
  private final Bytes selector;
  private final AbiParameters parameters;

  private AbiFunction(String signature, Bytes selector, AbiParameters parameters) {
    this.signature = signature;
    this.selector = selector;
    this.parameters = parameters;
  }

  /// @param signature such as `transfer(address,uint256)`
  public static AbiFunction of(String signature) {
    int open = signature.indexOf('(');
    if (open < 1 || !signature.endsWith(")")) {
      throw new IllegalArgumentException("\"" + signature + "\" is not a function's signature");
    }
    Bytes hash = Keccak256.hash(Bytes.of(signature.getBytes(StandardCharsets.US_ASCII)));
    return new AbiFunction(
        signature,
        Bytes.of(Arrays.copyOf(hash.toArray(), SELECTOR_SIZE)),
        AbiParameters.of(signature.substring(open)));
  }

  /// The first four bytes of `data`, or all of it when it is shorter.
  public static Bytes selectorOf(Bytes data) {
    return Bytes.of(Arrays.copyOf(data.toArray(), Math.min(data.size(), SELECTOR_SIZE)));
  }

  public String signature() {
    return signature;
  }

  public Bytes selector() {
    return selector;
  }

  /// The data of a call.
  public Bytes encode(AbiValue... values) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(selector.toArray());
    out.writeBytes(parameters.encode(values).toArray());
    return Bytes.of(out.toByteArray());
  }

  /// The arguments of a call of this function.
  ///
  /// @throws MalformedBytesException if `data` calls something else or is not canonical
  public AbiArguments decode(Bytes data) {
    if (!selectorOf(data).equals(selector)) {
      throw new MalformedBytesException("the call is not one of " + signature);
    }
    return parameters.decode(
        Bytes.of(Arrays.copyOfRange(data.toArray(), SELECTOR_SIZE, data.size())));
  }

  @Override
  public String toString() {
    return signature;
  }
}
