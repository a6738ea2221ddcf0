package org.supercargo.http.cassette;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// A recorded session: a text file of JSON lines that can be read, reviewed and committed.
///
/// The whole file is checked when it is opened. Its exchanges, each of which repeats its
/// conversation, are not kept in memory.
public final class Cassette {
  private static final String AGAIN = "Record the session again.";

  private final Path file;
  private final List<Place> places;

  private Cassette(Path file, List<Place> places) {
    this.file = file;
    this.places = List.copyOf(places);
  }

  private record Place(long start, int bytes) {}

  /// @throws SupercargoException of category USER when the file is not there, is no cassette, is of
  ///   another format, was cut off or changed; the message has the line
  public static Cassette read(Path file) {
    var places = new ArrayList<Place>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      Line line = Line.next(in);
      checkFormat(file, line);
      long start = line.bytes().size() + 1L;
      for (line = Line.next(in); !line.isNone(); line = Line.next(in)) {
        check(file, places.size() + 1, line);
        places.add(new Place(start, line.bytes().size()));
        start += line.bytes().size() + 1L;
      }
    } catch (IOException e) {
      throw SupercargoException.user(
          "The cassette " + file + " cannot be read: " + reason(e),
          "Check its path and who may read it; --record makes one.");
    }
    return new Cassette(file, places);
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException ? "there is none" : "" + e.getMessage();
  }

  private static void checkFormat(Path file, Line line) {
    int format;
    try {
      format = CassetteLine.format(line.text());
    } catch (CassetteLine.Damage damage) {
      throw SupercargoException.user(file + " is not a cassette: " + damage.what(), AGAIN);
    }
    if (format != CassetteLine.FORMAT) {
      throw SupercargoException.user(
          file
              + " is a cassette of format "
              + format
              + ", and this version of Supercargo reads format "
              + CassetteLine.FORMAT,
          "Use the version it was recorded with, or record the session again.");
    }
  }

  private static void check(Path file, int number, Line line) {
    try {
      CassetteLine.read(number, line.text());
    } catch (CassetteLine.Damage damage) {
      String where = file + ":" + (number + 1);
      if (!line.isEnded() && damage.isCutOff()) {
        throw SupercargoException.user(
            where + ": the recording was cut off in the middle of exchange " + number,
            number == 1
                ? AGAIN
                : "Record the session again, or delete the last line to replay the "
                    + (number - 1)
                    + " whole ones before it.");
      }
      throw SupercargoException.user(
          where + ": " + damage.what(), "Mend the line, or record anew.");
    }
  }

  public Path file() {
    return file;
  }

  /// How many exchanges there are.
  public int size() {
    return places.size();
  }

  /// @param number from 1
  RecordedExchange exchange(int number) {
    Place place = places.get(number - 1);
    var bytes = new byte[place.bytes()];
    try (var open = new RandomAccessFile(file.toFile(), "r")) {
      open.seek(place.start());
      open.readFully(bytes);
      return CassetteLine.read(number, new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException | CassetteLine.Damage e) {
      throw SupercargoException.user(
          file + " was changed while it was replayed: " + e.getMessage(), "Start again.");
    }
  }

  /// @param isEnded whether its line feed is there
  private record Line(Bytes bytes, boolean isEnded) {
    static Line next(InputStream in) throws IOException {
      var bytes = new ByteArrayOutputStream();
      int next = in.read();
      while (next >= 0 && next != '\n') {
        bytes.write(next);
        next = in.read();
      }
      return new Line(Bytes.of(bytes.toByteArray()), next == '\n');
    }

    boolean isNone() {
      return bytes.size() == 0 && !isEnded;
    }

    String text() {
      return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }
  }
}
