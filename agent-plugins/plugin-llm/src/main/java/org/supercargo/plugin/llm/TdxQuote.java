package org.supercargo.plugin.llm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;

/// What is read here of an Intel TDX quote of version 4. Its signatures are not checked.
///
/// Source: [Intel TDX quoting library
/// API](https://download.01.org/intel-sgx/latest/dcap-latest/linux/docs/), quote format: a header
/// of 48 bytes and a body with the attributes at byte 120 and the report data at byte 520.
///
/// @param debug whether the enclave lets its host look inside
/// @param reportData 64 bytes the enclave chose
record TdxQuote(boolean debug, Bytes reportData) {
  private static final int VERSION = 4;
  private static final int TDX = 0x81;
  private static final int BODY = 48;
  private static final int ATTRIBUTES = BODY + 120;
  private static final int REPORT_DATA = BODY + 520;
  private static final int REPORT_DATA_END = REPORT_DATA + 64;

  /// @param text hexadecimal digits, with or without 0x, or Base64: providers write either
  /// @return empty unless it is long enough and says that it is of TDX and version 4
  static Optional<TdxQuote> read(String text) {
    byte @Nullable [] quote = bytes(text);
    if (quote == null || quote.length < REPORT_DATA_END) {
      return Optional.empty();
    }
    ByteBuffer header = ByteBuffer.wrap(quote).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getShort(0) != VERSION || header.getInt(4) != TDX) {
      return Optional.empty();
    }
    return Optional.of(
        new TdxQuote(
            (quote[ATTRIBUTES] & 1) != 0,
            Bytes.of(Arrays.copyOfRange(quote, REPORT_DATA, REPORT_DATA_END))));
  }

  /// The part where providers put the address of the enclave's key, `length` bytes.
  Bytes reportStart(int length) {
    return Bytes.of(Arrays.copyOf(reportData.toArray(), length));
  }

  /// The part where providers put the nonce, `length` bytes.
  Bytes reportEnd(int length) {
    byte[] all = reportData.toArray();
    return Bytes.of(Arrays.copyOfRange(all, all.length - length, all.length));
  }

  private static byte @Nullable [] bytes(String text) {
    try {
      return HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text);
    } catch (IllegalArgumentException notHex) {
      try {
        return Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException notBase64) {
        return null;
      }
    }
  }
}
