package org.supercargo.evm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.supercargo.api.Bytes;

/// A contract's function, named by the first four bytes of its signature's hash.
///
/// Source: [contract ABI](https://docs.soliditylang.org/en/latest/abi-spec.html).
public final class AbiFunction {
  static final int SELECTOR_SIZE = 4;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

  private final String signature;
  private final Bytes selector;
  private final AbiParameters parameters;

  private AbiFunction(String signature, Bytes selector, AbiParameters parameters) {
    this.signature = signature;
    this.selector = selector;
    this.parameters = parameters;
  }

  /// @param signature such as `transfer(address,uint256)`
  /// @throws IllegalArgumentException if it is not in canonical form, or a type is not supported
  public static AbiFunction of(String signature) {
    return new AbiFunction(
        signature, selectorOf(signature), AbiParameters.of(parameterList(signature)));
  }

  /// The types of the parameters, one for each.
  ///
  /// @throws IllegalArgumentException as [#of(String)]
  static List<AbiType> parameterTypes(String signature) {
    return AbiTypeParser.list(parameterList(signature));
  }

  private static String parameterList(String signature) {
    int open = signature.indexOf('(');
    if (open < 1 || !NAME.matcher(signature.substring(0, open)).matches()) {
      throw new IllegalArgumentException("\"" + signature + "\" is not a function's signature");
    }
    return signature.substring(open);
  }

  /// The four bytes that name the function with this signature, whether it can be read or not.
  static Bytes selectorOf(String signature) {
    Bytes hash = Keccak256.hash(Bytes.of(signature.getBytes(StandardCharsets.UTF_8)));
    return Bytes.of(Arrays.copyOf(hash.toArray(), SELECTOR_SIZE));
  }

  /// The first four bytes of `data`, or all of it when it is shorter.
  public static Bytes selectorOf(Bytes data) {
    return Bytes.of(Arrays.copyOf(data.toArray(), Math.min(data.size(), SELECTOR_SIZE)));
  }

  /// What follows the selector in `data`, which has at least four bytes.
  static Bytes argumentsOf(Bytes data) {
    return Bytes.of(Arrays.copyOfRange(data.toArray(), SELECTOR_SIZE, data.size()));
  }

  static Bytes call(Bytes selector, Bytes arguments) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(selector.toArray());
    out.writeBytes(arguments.toArray());
    return Bytes.of(out.toByteArray());
  }

  public String signature() {
    return signature;
  }

  public Bytes selector() {
    return selector;
  }

  /// The data of a call.
  public Bytes encode(AbiValue... values) {
    return call(selector, parameters.encode(values));
  }

  /// The arguments of a call of this function.
  ///
  /// @throws MalformedBytesException if `data` calls something else or is not canonical
  public AbiArguments decode(Bytes data) {
    if (!selectorOf(data).equals(selector)) {
      throw new MalformedBytesException("the call is not one of " + signature);
    }
    return parameters.decode(argumentsOf(data));
  }

  @Override
  public String toString() {
    return signature;
  }
}
