package org.supercargo.evm;

import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.Bytes;

/// The types of a call's arguments or results, and their one canonical encoding.
///
/// Static tuples are written inline, as their encoding is: `((address,uint256))` equals
/// `(address,uint256)`. Source: [contract
/// ABI](https://docs.soliditylang.org/en/latest/abi-spec.html), strict mode.
public final class AbiParameters {
  private final List<AbiType> types;

  private AbiParameters(List<AbiType> types) {
    this.types = types;
  }

  /// @param list such as `(address,uint256,bytes[])`
  public static AbiParameters of(String list) {
    String flat = list.replace("(", "").replace(")", "");
    if (flat.isEmpty()) {
      return new AbiParameters(List.of());
    }
    var types = new ArrayList<AbiType>();
    for (String name : flat.split(",", -1)) {
      types.add(AbiType.of(name));
    }
    boolean tupleWithin = list.indexOf('(', 1) > 0;
    if (tupleWithin && types.stream().anyMatch(AbiType::isDynamic)) {
      throw new IllegalArgumentException("tuples with dynamic members are not supported");
    }
    return new AbiParameters(List.copyOf(types));
  }

  public Bytes encode(AbiValue... values) {
    if (values.length != types.size()) {
      throw new IllegalArgumentException(types.size() + " values are needed, not " + values.length);
    }
    var writer = new AbiWriter(types.size());
    for (int i = 0; i < values.length; i++) {
      writer.write(types.get(i), values[i]);
    }
    return writer.bytes();
  }

  /// Reads the canonical encoding: minimal offsets, zero padding, nothing after the end.
  ///
  /// @throws MalformedBytesException if the bytes are anything else
  public AbiArguments decode(Bytes bytes) {
    var reader = new AbiReader(bytes.toArray(), types.size());
    var values = new ArrayList<AbiValue>();
    for (AbiType type : types) {
      values.add(reader.read(type));
    }
    reader.requireEnd();
    return new AbiArguments(values);
  }
}
