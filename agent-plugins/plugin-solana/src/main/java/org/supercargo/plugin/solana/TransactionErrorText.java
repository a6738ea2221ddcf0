package org.supercargo.plugin.solana;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.supercargo.solana.Message;
import org.supercargo.solana.Program;

/// Words for the chain's own error JSON.
///
/// Source: [TransactionError](https://docs.rs/solana-transaction-error), `TokenError` in
/// [spl-token-interface](https://docs.rs/spl-token-interface) and `SystemError` in
/// [solana-system-interface](https://docs.rs/solana-system-interface).
final class TransactionErrorText {
  private static final List<String> SYSTEM =
      List.of(
          "the account already exists",
          "not enough lamports",
          "the program may not be assigned",
          "the account's data is too long",
          "the seed is too long",
          "the address does not match its seed",
          "there are no recent blockhashes",
          "the blockhash has not expired",
          "the nonce is not the expected one");
  private static final List<String> TOKEN =
      List.of(
          "the account would be left below its rent",
          "insufficient funds",
          "the mint is not valid",
          "the account belongs to another mint",
          "the authority does not own the account",
          "the supply is fixed",
          "the account is already in use",
          "the number of signers is not valid",
          "a required signer is missing",
          "the account is not initialized",
          "native tokens do not support this",
          "the account still holds tokens",
          "the instruction is not valid",
          "the account's state forbids this",
          "a number overflowed",
          "the authority does not support this",
          "the mint cannot freeze",
          "the account is frozen",
          "the decimals are not those of the mint",
          "only native tokens support this");
  private static final List<String> ASSOCIATED_TOKEN =
      List.of("the account exists and belongs to another owner");

  private TransactionErrorText() {}

  static String describe(JsonNode error, Message message) {
    JsonNode instruction = error.path("InstructionError");
    if (instruction.isArray() && instruction.size() == 2) {
      return describeInstruction(instruction.get(0).asInt(-1), instruction.get(1), message);
    }
    if (error.path("InsufficientFundsForRent").isObject()) {
      int account = error.at("/InsufficientFundsForRent/account_index").asInt(-1);
      return "InsufficientFundsForRent: "
          + (account >= 0 && account < message.keys().size()
              ? message.keys().get(account).toString()
              : "account " + account)
          + " would hold less SOL than its rent exemption";
    }
    String name = error.isTextual() ? error.textValue() : error.toString();
    return switch (name) {
      case "BlockhashNotFound" -> name + ": the blockhash has expired or is not known yet";
      case "AccountNotFound" -> name + ": the fee payer has never held any SOL";
      case "InsufficientFundsForFee" -> name + ": the fee payer cannot pay the fee";
      default -> name;
    };
  }

  private static String describeInstruction(int index, JsonNode cause, Message message) {
    Optional<Program> program = program(index, message);
    String where =
        "instruction "
            + (index + 1)
            + program.map(known -> " (" + known.title() + ")").orElse("")
            + " failed: ";
    JsonNode custom = cause.path("Custom");
    if (!custom.isIntegralNumber()) {
      return where + (cause.isTextual() ? cause.textValue() : cause.toString());
    }
    int code = custom.asInt(-1);
    List<String> names = program.map(TransactionErrorText::names).orElse(List.of());
    return where
        + (code >= 0 && code < names.size() ? names.get(code) + " (error " : "(error ")
        + custom.asText()
        + ")";
  }

  private static Optional<Program> program(int index, Message message) {
    if (index < 0 || index >= message.instructions().size()) {
      return Optional.empty();
    }
    return Program.find(message.keys().get(message.instructions().get(index).program()));
  }

  /// The meaning of a program's own error numbers, from 0.
  private static List<String> names(Program program) {
    return switch (program) {
      case SYSTEM -> SYSTEM;
      case TOKEN, TOKEN_2022 -> TOKEN;
      case ASSOCIATED_TOKEN -> ASSOCIATED_TOKEN;
      case COMPUTE_BUDGET, MEMO -> List.of();
    };
  }
}
