package org.supercargo.solana;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// Programs of Solana itself that no intent asks for, so that a refusal can say what they do.
///
/// Source: [Native programs](https://docs.anza.xyz/runtime/programs).
enum RefusedProgram {
  STAKE(
      "Stake11111111111111111111111111111111111111",
      "the Stake program locks SOL and changes who may withdraw it"),
  VOTE(
      "Vote111111111111111111111111111111111111111",
      "the Vote program changes vote accounts and withdraws from them"),
  ADDRESS_LOOKUP_TABLE(
      "AddressLookupTab1e1111111111111111111111111",
      "the Address Lookup Table program changes tables that other transactions read"),
  UPGRADEABLE_LOADER(
      "BPFLoaderUpgradeab1e11111111111111111111111",
      "the upgradeable program loader deploys, changes and closes programs"),
  LOADER("BPFLoader2111111111111111111111111111111111", "the program loader deploys programs"),
  OLDEST_LOADER(
      "BPFLoader1111111111111111111111111111111111", "the oldest program loader deploys programs"),
  LOADER_V4(
      "LoaderV411111111111111111111111111111111111",
      "the program loader of version 4 deploys and changes programs"),
  CONFIG(
      "Config1111111111111111111111111111111111111", "the Config program stores data for others"),
  FEATURE(
      "Feature111111111111111111111111111111111111",
      "the Feature program switches features of the chain"),
  ED25519(
      "Ed25519SigVerify111111111111111111111111111",
      "the Ed25519 program checks signatures for other programs, at a fee"),
  SECP256K1(
      "KeccakSecp256k11111111111111111111111111111",
      "the secp256k1 program checks signatures for other programs, at a fee"),
  SECP256R1(
      "Secp256r1SigVerify1111111111111111111111111",
      "the secp256r1 program checks signatures for other programs, at a fee"),
  ELGAMAL_PROOF(
      "ZkE1Gama1Proof11111111111111111111111111111",
      "the ZK ElGamal Proof program checks proofs about encrypted balances"),
  MEMO_V1(
      "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo",
      "the first Memo program is superseded; its successor carries memos");

  private static final Map<String, String> BY_ADDRESS =
      Arrays.stream(values())
          .collect(Collectors.toMap(each -> each.address, each -> each.whatItDoes));

  private final String address;
  private final String whatItDoes;

  RefusedProgram(String address, String whatItDoes) {
    this.address = address;
    this.whatItDoes = whatItDoes;
  }

  String address() {
    return address;
  }

  /// Why an instruction of a program that is not in [Program] is not read.
  static String reason(PublicKey program) {
    return BY_ADDRESS.getOrDefault(program.toString(), "the program " + program + " is not known");
  }
}
