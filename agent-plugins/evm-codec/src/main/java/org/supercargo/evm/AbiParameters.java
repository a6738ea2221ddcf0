package org.supercargo.evm;

import java.util.List;
import java.util.stream.Stream;
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
  /// @throws IllegalArgumentException if it is not a list of supported types' canonical names
  public static AbiParameters of(String list) {
    return new AbiParameters(inlined(AbiTypeParser.list(list)).toList());
  }

  private static Stream<AbiType> inlined(List<AbiType> types) {
    return types.stream()
        .flatMap(type ->
            type instanceof AbiType.Tuple(List<AbiType> members) && !type.isDynamic()
                ? inlined(members)
                : Stream.of(type));
  }

  /// @throws IllegalArgumentException if the values are not of the types
  public Bytes encode(AbiValue... values) {
    return AbiWriter.encode(types, List.of(values));
  }

  /// Reads the canonical encoding: minimal offsets, zero padding, nothing after the end.
  ///
  /// @throws MalformedBytesException if the bytes are anything else
  public AbiArguments decode(Bytes bytes) {
    return new AbiArguments(AbiReader.decode(types, bytes));
  }
}
