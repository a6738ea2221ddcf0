package org.supercargo.proof;
import org.supercargo.proof.planner.PlannerProof;
public final class PlannerProofMain {
  public static void main(String[] a) {
    var settings = Settings.ofProperties();
    long t = System.nanoTime();
      var board = new PlannerProof(settings).run();
      System.out.println(board.table());
      board.holes().forEach(System.out::println);
      System.out.println(board.control());System.out.println("HARMLESS " + board.harmless());
    System.out.println((System.nanoTime()-t)/1000000 + " ms");
  }
}
