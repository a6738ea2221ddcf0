package org.supercargo.evm;

import java.math.BigInteger;
import java.util.List;
import org.supercargo.api.Bytes;

/// Decoded values in the order of their types. Asking for a value of another type is a defect.
public record AbiArguments(List<AbiValue> values) {
  public AbiArguments {
    values = List.copyOf(values);
  }

  public BigInteger number(int index) {
    return ((AbiValue.WholeNumber) values.get(index)).value();
  }

  public EvmAddress account(int index) {
    return ((AbiValue.Account) values.get(index)).value();
  }

  public Bytes fixedBytes(int index) {
    return ((AbiValue.FixedBytes) values.get(index)).value();
  }

  public Bytes byteString(int index) {
    return ((AbiValue.ByteString) values.get(index)).value();
  }

  public String text(int index) {
    return ((AbiValue.Text) values.get(index)).value();
  }

  public List<Bytes> byteStrings(int index) {
    return ((AbiValue.Sequence) values.get(index))
        .values().stream().map(element -> ((AbiValue.ByteString) element).value()).toList();
  }
}
