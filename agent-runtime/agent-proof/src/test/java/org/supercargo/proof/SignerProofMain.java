package org.supercargo.proof;
import org.supercargo.proof.signer.SignerProof;
public final class SignerProofMain {
  public static void main(String[] a) {
    var settings = Settings.ofProperties();
    long t = System.nanoTime();
    try (var proof = new SignerProof(settings)) {
      var board = proof.run();
      System.out.println(board.table());
      board.holes().forEach(System.out::println);
      System.out.println(board.control());System.out.println("HARMLESS " + board.harmless());
    }
    System.out.println((System.nanoTime()-t)/1000000 + " ms");
  }
}
