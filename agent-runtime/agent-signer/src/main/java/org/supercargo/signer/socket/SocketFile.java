package org.supercargo.signer.socket;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.signer.key.PrivateFiles;

/// Where the signer listens, and who may speak to it: its own user, or one group besides when the
/// engine runs as another user.
///
/// @param group null when only the signer's user may
record SocketFile(Path path, Path directory, @Nullable String group) {
  private static final int LONGEST_PATH = 100;
  private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("----w-rwx");

  static SocketFile of(Path socket, @Nullable String group) {
    Path path = socket.toAbsolutePath();
    Path directory = path.getParent();
    if (directory == null || path.toString().length() > LONGEST_PATH) {
      throw SupercargoException.user(
          "The socket path " + path + " is longer than " + LONGEST_PATH + " characters",
          "Choose a shorter one; systems allow little more.");
    }
    return new SocketFile(path, directory, group);
  }

  /// Makes the directory if it is missing, removes a dead signer's socket, and listens.
  ///
  /// @throws SupercargoException of category USER if something else is there
  ServerSocketChannel listen() throws IOException {
    requireClosed();
    removeStale();
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(path));
      giveToGroup(path);
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(group == null ? "rw-------" : "rw-rw----"));
      return listener;
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  /// Nobody but the signer may put another socket in its place, so nobody else may write here.
  private void requireClosed() throws IOException {
    if (group == null) {
      PrivateFiles.directory(directory);
      return;
    }
    if (!Files.exists(directory)) {
      PrivateFiles.directory(directory);
      giveToGroup(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
    if (permissions.stream().anyMatch(OPEN::contains)) {
      throw SupercargoException.user(
          directory
              + " is open to other users ("
              + PosixFilePermissions.toString(permissions)
              + ")",
          "Close it with chmod 750.");
    }
  }

  private void giveToGroup(Path file) throws IOException {
    if (group == null) {
      return;
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    view.setGroup(
        file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group));
  }

  private void removeStale() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    var attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isOther()) {
      throw SupercargoException.user(path + " is not a socket", "Choose another path.");
    }
    if (isServed()) {
      throw SupercargoException.user(
          "Another signer serves on " + path, "Stop it, or choose another path.");
    }
    Files.delete(path);
  }

  private boolean isServed() {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return probe.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      return false;
    }
  }
}
