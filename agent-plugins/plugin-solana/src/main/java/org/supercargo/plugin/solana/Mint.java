package org.supercargo.plugin.solana;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.supercargo.api.SupercargoException;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.TokenProgram;

/// A token's mint as its program stores it.
///
/// Source: `Mint` in [spl-token-interface](https://docs.rs/spl-token-interface) and `ExtensionType`
/// in [spl-token-2022-interface](https://docs.rs/spl-token-2022-interface).
///
/// @param extensions numbers of the extensions of a Token-2022 mint
record Mint(PublicKey address, TokenProgram program, int decimals, List<Integer> extensions) {
  private static final int SIZE = 82;
  private static final int DECIMALS = 44;
  private static final int INITIALIZED = 45;
  private static final int ACCOUNT_TYPE = 165;
  private static final int TYPE_MINT = 1;

  /// Extensions under which a transfer is still just a transfer: authority to close the empty mint,
  /// confidential balances (which transfers here do not touch), default account state, interest and
  /// scaling (both only for display), metadata, groups and their members, pausing.
  ///
  /// A mint gets its extensions when it is made and no others later, so what was read stays true
  /// while a transaction waits. One that may be closed is made anew only when nobody holds its
  /// tokens.
  private static final Set<Integer> HARMLESS = Set.of(3, 4, 6, 10, 18, 19, 20, 21, 22, 23, 25, 26);

  private static final Map<Integer, String> REFUSED =
      Map.of(
          1, "takes a fee of every transfer",
          9, "cannot be transferred",
          12, "has a permanent delegate, who can take it back from anyone",
          14, "runs a program of its issuer at every transfer");

  Mint {
    extensions = List.copyOf(extensions);
  }

  /// @throws SupercargoException of category USER if there is no such mint
  static Mint read(PublicKey address, Optional<SolanaRpc.AccountState> account) {
    SolanaRpc.AccountState state =
        account.orElseThrow(() ->
            SupercargoException.user(
                "There is no token " + address + " on this Solana network",
                "Check the mint's address and the network."));
    byte[] data = state.data().toArray();
    TokenProgram program = TokenProgram.find(state.owner()).orElse(null);
    if (program == null || !isMint(program, data)) {
      throw SupercargoException.user(
          address + " is not the mint of a token", "Name the token's mint address.");
    }
    return new Mint(address, program, data[DECIMALS] & 0xff, extensions(data));
  }

  private static boolean isMint(TokenProgram program, byte[] data) {
    boolean shaped =
        data.length == SIZE
            || (program == TokenProgram.TOKEN_2022
                && data.length > ACCOUNT_TYPE
                && data.length != TokenAccount.MULTISIGNATURE_SIZE
                && data[ACCOUNT_TYPE] == TYPE_MINT);
    return shaped && data[INITIALIZED] == 1;
  }

  /// Types, lengths and values follow one another; a type of 0 ends them.
  private static List<Integer> extensions(byte[] data) {
    var found = new ArrayList<Integer>();
    int position = ACCOUNT_TYPE + 1;
    while (position + 4 <= data.length) {
      int type = u16(data, position);
      if (type == 0) {
        break;
      }
      found.add(type);
      position += 4 + u16(data, position + 2);
    }
    return found;
  }

  private static int u16(byte[] data, int position) {
    return (data[position] & 0xff) | (data[position + 1] & 0xff) << 8;
  }

  /// @throws SupercargoException of category USER if a transfer would do more than transfer
  void requirePlainTransfers(String symbol) {
    for (int extension : extensions) {
      if (!HARMLESS.contains(extension)) {
        throw SupercargoException.user(
            "%s (%s) %s"
                .formatted(
                    symbol,
                    address,
                    REFUSED.getOrDefault(
                        extension, "has the Token-2022 extension " + extension + ", unknown here")),
            "Such tokens are not transferred; use another token.");
      }
    }
  }
}
