package org.supercargo.signer.socket;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The unit of the signer's protocol: the number of bytes as four bytes, most significant first,
/// and that many bytes of JSON in UTF-8.
final class Frame {
  /// The longest JSON text, in bytes.
  static final int LONGEST = 1 << 20;

  private Frame() {}

  /// Bytes that are no frame.
  static final class Malformed extends IOException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /// Null when the other side closed the connection between two frames.
  ///
  /// @throws Malformed if the length is not 1 to 1,048,576 or the text is not UTF-8
  static @Nullable String read(ReadableByteChannel channel) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
    if (!fill(channel, header)) {
      return null;
    }
    int length = header.flip().getInt();
    if (length < 1 || length > LONGEST) {
      throw new Malformed("a frame of " + Integer.toUnsignedString(length) + " bytes");
    }
    ByteBuffer content = ByteBuffer.allocate(length);
    if (!fill(channel, content)) {
      throw new EOFException("the connection ended inside a frame");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(content.flip()).toString();
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new Malformed("a frame that is not UTF-8");
    }
  }

  /// @throws Malformed if the text is longer than a frame may be; nothing is sent then
  static void write(WritableByteChannel channel, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    if (content.length > LONGEST) {
      throw new Malformed("a frame of " + content.length + " bytes");
    }
    ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + content.length);
    frame.putInt(content.length).put(content).flip();
    while (frame.hasRemaining()) {
      channel.write(frame);
    }
  }

  private static boolean fill(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        if (buffer.position() == 0) {
          return false;
        }
        throw new EOFException("the connection ended inside a frame");
      }
    }
    return true;
  }
}
