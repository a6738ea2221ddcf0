package org.supercargo.solana.mutants;

import static org.supercargo.solana.mutants.HostileInstruction.Fate.CONTROL;
import static org.supercargo.solana.mutants.HostileInstruction.Fate.EFFECT;
import static org.supercargo.solana.mutants.HostileInstruction.Fate.FEE;
import static org.supercargo.solana.mutants.HostileInstruction.Fate.UNREAD;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.supercargo.api.Bytes;
import org.supercargo.solana.AccountMeta;
import org.supercargo.solana.Instruction;
import org.supercargo.solana.Program;
import org.supercargo.solana.ProgramAddress;
import org.supercargo.solana.ProgramInstruction;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.TokenProgram;
import org.supercargo.solana.mutants.HostileInstruction.Fate;

/// Every instruction of the programs a wallet meets, aimed at one payment's wallet.
///
/// Sources: the programs' interface crates,
/// [solana-system-interface](https://docs.rs/solana-system-interface),
/// [spl-token-2022-interface](https://docs.rs/spl-token-2022-interface),
/// [spl-token-metadata-interface](https://docs.rs/spl-token-metadata-interface),
/// [spl-token-group-interface](https://docs.rs/spl-token-group-interface),
/// [spl-associated-token-account](https://docs.rs/spl-associated-token-account-interface),
/// [solana-compute-budget-interface](https://docs.rs/solana-compute-budget-interface),
/// [solana-stake-interface](https://docs.rs/solana-stake-interface),
/// [solana-vote-interface](https://docs.rs/solana-vote-interface),
/// [solana-loader-v3-interface](https://docs.rs/solana-loader-v3-interface),
/// [solana-address-lookup-table-interface](https://docs.rs/solana-address-lookup-table-interface).
public final class HostileInstructions {
  /// Whom all of this would profit.
  public static final PublicKey THIEF =
      PublicKey.parse("GyGKxMyg1p9SsHfm15MkNUu1u9TN2JtTspcdmrtGUdse");

  private static final String LAMPORTS = "00ca9a3b00000000";
  private static final PublicKey RENT =
      PublicKey.parse("SysvarRent111111111111111111111111111111111");
  private static final PublicKey RECENT_BLOCKHASHES =
      PublicKey.parse("SysvarRecentB1ockHashes11111111111111111111");

  private static final List<Integer> UNREAD_TOKEN_TAGS =
      List.of(3, 17, 21, 23, 24, 26, 27, 31, 37, 42);

  private final HonestPayment payment;
  private final PublicKey wallet;
  private final List<HostileInstruction> all = new ArrayList<>();

  private HostileInstructions(HonestPayment payment) {
    this.payment = payment;
    this.wallet = payment.wallet();
  }

  public static List<HostileInstruction> against(HonestPayment payment) {
    var hostile = new HostileInstructions(payment);
    hostile.system();
    for (TokenProgram program : TokenProgram.values()) {
      hostile.token(program);
      hostile.tokenMovements(program);
      hostile.associated(program);
    }
    hostile.extensions();
    hostile.memos();
    hostile.computeBudget();
    hostile.otherPrograms();
    return List.copyOf(hostile.all);
  }

  private void system() {
    String thief = THIEF.bytes().hex();
    String seed = wallet.bytes().hex() + "0400000000000000" + "73656564";
    system(0, CONTROL, List.of(wallet, THIEF), LAMPORTS + LAMPORTS + thief);
    system(1, CONTROL, List.of(wallet), thief);
    system(2, EFFECT, List.of(wallet, THIEF), LAMPORTS);
    system(2, EFFECT, List.of(wallet, payment.payee()), LAMPORTS);
    system(2, EFFECT, List.of(wallet, wallet), LAMPORTS);
    system(2, EFFECT, List.of(wallet, payment.destination()), "0000000000000000");
    system(3, CONTROL, List.of(wallet, THIEF, wallet), seed + LAMPORTS + LAMPORTS + thief);
    all.add(
        new HostileInstruction(
            "System 4", new ProgramInstruction.AdvanceNonce(THIEF, wallet).instruction(), CONTROL));
    system(5, CONTROL, List.of(wallet, THIEF, RECENT_BLOCKHASHES, RENT, wallet), LAMPORTS);
    system(6, CONTROL, List.of(wallet, RECENT_BLOCKHASHES, RENT), thief);
    system(7, CONTROL, List.of(wallet, wallet), thief);
    system(8, CONTROL, List.of(wallet), "0100000000000000");
    system(9, CONTROL, List.of(THIEF, wallet), seed + LAMPORTS + thief);
    system(10, CONTROL, List.of(THIEF, wallet), seed + thief);
    system(11, UNREAD, List.of(THIEF, wallet, payment.payee()), LAMPORTS + seed.substring(64));
    system(12, CONTROL, List.of(wallet), "");
    system(13, CONTROL, List.of(THIEF, wallet), LAMPORTS + LAMPORTS + thief);
    system(14, UNREAD, List.of(wallet), "");
  }

  private void system(int tag, Fate fate, List<PublicKey> accounts, String operands) {
    add(Program.SYSTEM.address(), tag, "%02x000000".formatted(tag) + operands, accounts, fate);
  }

  private void token(TokenProgram program) {
    PublicKey mint = mint();
    PublicKey mine = ProgramAddress.associatedToken(wallet, mint, program);
    PublicKey theirs = ProgramAddress.associatedToken(THIEF, mint, program);
    String amount = "ffffffffffffffff";
    var operands =
        Map.of(4, amount, 6, "0201" + THIEF.bytes().hex(), 7, amount, 8, amount, 3, amount);
    for (int tag = 0; tag <= 46; tag++) {
      if (tag == 12 || tag == 13) {
        continue;
      }
      var fate = UNREAD_TOKEN_TAGS.contains(tag) || isUnknown(program, tag) ? UNREAD : CONTROL;
      add(
          program.address(),
          tag,
          "%02x".formatted(tag) + operands.getOrDefault(tag, amount + "06"),
          List.of(mine, theirs, wallet),
          fate);
    }
    add(program.address(), 255, "ff03000301", List.of(mine, theirs, wallet), UNREAD);
    add(program.address(), 200, "c8", List.of(mine, theirs, wallet), UNREAD);
  }

  private static boolean isUnknown(TokenProgram program, int tag) {
    return program == TokenProgram.TOKEN && tag > 24 && tag != 38 && tag != 45;
  }

  private void tokenMovements(TokenProgram program) {
    PublicKey mint = mint();
    PublicKey mine = ProgramAddress.associatedToken(wallet, mint, program);
    PublicKey payees = ProgramAddress.associatedToken(payment.payee(), mint, program);
    PublicKey theirs = ProgramAddress.associatedToken(THIEF, mint, program);
    move(program, mine, theirs, wallet, EFFECT);
    move(program, mine, payees, wallet, EFFECT);
    move(program, mine, mine, wallet, EFFECT);
    move(program, mine, payees, THIEF, UNREAD);
    move(program, payees, theirs, wallet, UNREAD);
    move(program, wallet, theirs, wallet, UNREAD);
    move(program, mine, payment.payee(), wallet, UNREAD);
    all.add(
        new HostileInstruction(
            program.title() + " ApproveChecked",
            new ProgramInstruction.ApproveChecked(
                    program, mine, mint, THIEF, wallet, BigInteger.TEN, 6)
                .instruction(),
            EFFECT));
  }

  private void move(
      TokenProgram program, PublicKey from, PublicKey to, PublicKey authority, Fate fate) {
    all.add(
        new HostileInstruction(
            program.title() + " TransferChecked",
            new ProgramInstruction.TransferChecked(
                    program, from, mint(), to, authority, BigInteger.ONE, 6)
                .instruction(),
            fate));
  }

  private void associated(TokenProgram program) {
    PublicKey mint = mint();
    // An account into which nothing is paid is refused, whoever it belongs to.
    for (PublicKey owner : List.of(THIEF, wallet, payment.payee())) {
      for (boolean idempotent : List.of(true, false)) {
        Instruction creation =
            new ProgramInstruction.CreateAssociatedToken(wallet, owner, mint, program, idempotent)
                .instruction();
        all.add(new HostileInstruction("Associated Token creation", creation, UNREAD));
      }
    }
    Instruction creation =
        new ProgramInstruction.CreateAssociatedToken(wallet, payment.payee(), mint, program, true)
            .instruction();
    var older = new ArrayList<>(creation.accounts());
    older.add(AccountMeta.readonly(RENT));
    all.add(
        new HostileInstruction(
            "Associated Token without data",
            new Instruction(creation.program(), creation.accounts(), Bytes.EMPTY),
            UNREAD));
    all.add(
        new HostileInstruction(
            "Associated Token of old",
            new Instruction(creation.program(), older, Bytes.fromHex("00")),
            UNREAD));
    PublicKey mine = ProgramAddress.associatedToken(wallet, mint, program);
    add(
        creation.program(),
        2,
        "02",
        List.of(mine, mint, mine, mine, mint, wallet, wallet),
        CONTROL);
    add(creation.program(), 3, "03", List.of(mine, wallet), UNREAD);
  }

  private void extensions() {
    PublicKey program = TokenProgram.TOKEN_2022.address();
    List<PublicKey> accounts = List.of(mint(), wallet, wallet);
    for (String number :
        List.of(
            "d2e11ea258b84d8d",
            "dde9312db5cadcc8",
            "ea122038598d25b5",
            "d7e4a6e45464567b",
            "79716c2736330004",
            "6c25ab8ff81e126e",
            "a1695801edddd8cb",
            "9820deb0dfed7486")) {
      add(program, 0, number + "0400000000000000", accounts, CONTROL);
    }
    add(program, 0, "faa6b4fa0d0cb846", accounts, UNREAD);
    add(program, 0, "d2e11ea258b84d8e", accounts, UNREAD);
  }

  private void memos() {
    for (String text : List.of("pay thief", payment.intent().memo(), "invoice 7 ")) {
      String hex = Bytes.of(text.getBytes(StandardCharsets.UTF_8)).hex();
      add(Program.MEMO.address(), 0, hex, List.of(), text.isEmpty() ? UNREAD : EFFECT);
      add(Program.MEMO.address(), 0, hex, List.of(wallet), UNREAD);
      add(address("Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo"), 0, hex, List.of(), UNREAD);
    }
    add(Program.MEMO.address(), 0, "c328", List.of(), UNREAD);
  }

  private void computeBudget() {
    PublicKey program = Program.COMPUTE_BUDGET.address();
    add(program, 0, "00" + "405c1500" + "40420f00", List.of(), UNREAD);
    add(program, 1, "01" + "00000400", List.of(), UNREAD);
    add(program, 2, "02" + "405c1500", List.of(), FEE);
    add(program, 3, "03" + "ffffffffffffffff", List.of(), FEE);
    add(program, 3, "03" + "0100000000000000", List.of(), FEE);
    add(program, 4, "04" + "00000100", List.of(), UNREAD);
    add(program, 5, "05", List.of(), UNREAD);
    add(program, 2, "02" + "405c1500", List.of(wallet), UNREAD);
    add(program, 2, "02" + "405c150000", List.of(), UNREAD);
  }

  private void otherPrograms() {
    List<PublicKey> accounts = List.of(wallet, THIEF, wallet);
    Map.of(
            "Stake11111111111111111111111111111111111111", 18,
            "Vote111111111111111111111111111111111111111", 17,
            "BPFLoaderUpgradeab1e11111111111111111111111", 10,
            "BPFLoader2111111111111111111111111111111111", 2,
            "BPFLoader1111111111111111111111111111111111", 2,
            "LoaderV411111111111111111111111111111111111", 7,
            "AddressLookupTab1e1111111111111111111111111", 5)
        .forEach((program, instructions) -> {
          for (int tag = 0; tag < instructions; tag++) {
            add(address(program), tag, "%02x000000".formatted(tag) + LAMPORTS, accounts, UNREAD);
          }
        });
    for (String program :
        List.of(
            "Config1111111111111111111111111111111111111",
            "Feature111111111111111111111111111111111111",
            "Ed25519SigVerify111111111111111111111111111",
            "KeccakSecp256k11111111111111111111111111111",
            "Secp256r1SigVerify1111111111111111111111111",
            "ZkE1Gama1Proof11111111111111111111111111111",
            "JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4")) {
      add(address(program), 0, "00", accounts, UNREAD);
    }
    add(THIEF, 0, "", List.of(), UNREAD);
  }

  private static PublicKey address(String text) {
    return PublicKey.parse(text);
  }

  /// The payment's own mint, or one nobody asked for.
  private PublicKey mint() {
    PublicKey mint = payment.mint();
    return mint == null ? PublicKey.parse(HonestPayments.USDC.id().reference()) : mint;
  }

  /// The first account is writable, the last one signs.
  private void add(PublicKey program, int tag, String data, List<PublicKey> keys, Fate fate) {
    var accounts = new ArrayList<AccountMeta>();
    for (int index = 0; index < keys.size(); index++) {
      boolean moves = index == 0 || (index == 1 && keys.size() == 2);
      boolean pays = keys.get(index).equals(wallet);
      accounts.add(
          new AccountMeta(keys.get(index), pays || (index == keys.size() - 1 && !moves), moves));
    }
    String title = Program.find(program).map(Program::title).orElseGet(program::toString);
    all.add(
        new HostileInstruction(
            title + " " + tag, new Instruction(program, accounts, Bytes.fromHex(data)), fate));
  }
}
