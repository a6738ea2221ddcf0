package org.supercargo.api;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// An immutable sequence of bytes that compares by content.
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  public static Bytes of(byte[] content) {
    return content.length == 0 ? EMPTY : new Bytes(content.clone());
  }

  /// @param hex with or without a leading `0x`
  public static Bytes fromHex(String hex) {
    String digits = hex.startsWith("0x") ? hex.substring(2) : hex;
    return of(HexFormat.of().parseHex(digits));
  }

  public static Bytes fromBase64(String base64) {
    return of(Base64.getDecoder().decode(base64));
  }

  public byte[] toArray() {
    return content.clone();
  }

  public int size() {
    return content.length;
  }

  /// Lower-case hexadecimal digits without a prefix.
  public String hex() {
    return HexFormat.of().formatHex(content);
  }

  public String base64() {
    return Base64.getEncoder().encodeToString(content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "0x" + hex();
  }
}
