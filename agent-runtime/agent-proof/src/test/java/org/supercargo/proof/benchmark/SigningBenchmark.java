package org.supercargo.proof.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.proof.Settings;
import org.supercargo.proof.signer.BusyDesk;

/// One signature for an agent that pays every minute: decoding, judging by the signer's own sums,
/// signing, and writing the log. In memory a sync of the log costs nothing; what the same takes
/// longer on a disk is the sync.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SigningBenchmark {
  /// A signer whose log is in memory.
  @State(Scope.Benchmark)
  public static class InMemory {
    private final Path folder = Settings.folder();
    private final BusyDesk desk = new BusyDesk(folder);

    @TearDown(Level.Trial)
    public void close() {
      desk.close();
      Settings.remove(folder);
    }
  }

  /// A signer whose log is on a disk.
  @State(Scope.Benchmark)
  public static class OnDisk {
    private final Path folder = folder();
    private final BusyDesk desk = new BusyDesk(folder);

    private static Path folder() {
      try {
        return Files.createTempDirectory("proof");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @TearDown(Level.Trial)
    public void close() {
      desk.close();
      Settings.remove(folder);
    }
  }

  @Benchmark
  public SignAnswer solana(InMemory signer) {
    return signer.desk.payOnSolana();
  }

  @Benchmark
  public SignAnswer solanaWithSync(OnDisk signer) {
    return signer.desk.payOnSolana();
  }

  @Benchmark
  public SignAnswer base(InMemory signer) {
    return signer.desk.payOnBase();
  }

  @Benchmark
  public SignAnswer baseWithSync(OnDisk signer) {
    return signer.desk.payOnBase();
  }
}
