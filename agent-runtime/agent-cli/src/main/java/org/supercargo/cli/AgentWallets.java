package org.supercargo.cli;

import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.http.Http;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.api.payment.PaymentHost;
import org.supercargo.api.payment.SignIn;
import org.supercargo.api.payment.SignInWallet;
import org.supercargo.cli.model.Credentials;
import org.supercargo.engine.file.KnownAssets;
import org.supercargo.engine.signing.SignInAnswer;
import org.supercargo.engine.signing.SignInRequest;
import org.supercargo.engine.signing.SignInSigner;
import org.supercargo.plugin.llm.Dialect;
import org.supercargo.plugin.x402.SignInHeader;
import org.supercargo.plugin.x402.VeniceAccount;

/// An agent's accounts, as hosts know them that are asked and paid with a wallet.
final class AgentWallets implements Credentials {
  private static final int FIRST_V = 27;
  private static final InstantSource CLOCK = InstantSource.system();

  private final SignInSigner signer;
  private final AgentSpec spec;
  private final Map<ChainId, Address> wallets;
  private final SecureRandom random = new SecureRandom();

  AgentWallets(SignInSigner signer, AgentSpec spec, Map<ChainId, Address> wallets) {
    this.signer = signer;
    this.spec = spec;
    this.wallets = Map.copyOf(wallets);
  }

  @Override
  public String key(String variable) {
    return Models.key(variable);
  }

  @Override
  public String proof(ChainId wallet, URI at) {
    return header(wallet).value(at);
  }

  private SignInHeader header(ChainId chain) {
    Address account = wallets.get(chain);
    if (account == null) {
      throw SupercargoException.user(
          "The agent has no wallet on " + chain.name(),
          "Add one to the agent file, or name another chain in models.yaml.");
    }
    return new SignInHeader(new Wallet(account), CLOCK, random);
  }

  /// Those of the models' providers that are paid from the agent's wallet on Base.
  List<PaymentHost> hosts(Models models, Http http) {
    Address account = wallets.get(ChainId.BASE);
    return account == null
        ? List.of()
        : models.paidFrom(ChainId.BASE).stream()
            .<PaymentHost>map(dialect -> account(dialect, account, http))
            .toList();
  }

  private VeniceAccount account(Dialect dialect, Address account, Http http) {
    Asset dollars =
        KnownAssets.ALL.stream()
            .filter(asset -> asset.symbol().equals("USDC") && asset.chain().equals(ChainId.BASE))
            .findFirst()
            .orElseThrow();
    return new VeniceAccount(
        dialect.endpoint().baseUrl(), http, account, dollars, header(ChainId.BASE));
  }

  /// One account, whose key the signer has.
  private final class Wallet implements SignInWallet {
    private final Address account;

    Wallet(Address account) {
      this.account = account;
    }

    @Override
    public Address address() {
      return account;
    }

    @Override
    public Bytes signIn(SignIn signIn) {
      Verdict.Deny denial = spec.mandate().judgeSignIn(signIn, CLOCK.instant());
      if (denial != null) {
        throw refused(signIn, denial.reason(), String.join(", or ", denial.remedies()));
      }
      return switch (signer.signIn(new SignInRequest(spec.id(), account.chain(), signIn))) {
        case SignInAnswer.Signed signed -> form(signed.signature());
        case SignInAnswer.Refused refused ->
            throw refused(signIn, "the signer refused: " + refused.reason(), "Look at the mandate");
        case SignInAnswer.Halted halted -> throw refused(signIn, halted.reason(), halted.advice());
      };
    }

    /// Hosts read the parity of an EVM signature as 27 or 28.
    private Bytes form(Bytes signature) {
      byte[] form = signature.toArray();
      if (account.chain().namespace().equals("eip155")) {
        form[form.length - 1] = (byte) (form[form.length - 1] + FIRST_V);
      }
      return Bytes.of(form);
    }

    private static SupercargoException refused(SignIn signIn, String why, String advice) {
      return new SupercargoException(
          SupercargoException.Category.POLICY,
          "The wallet is not proved to " + signIn.domain() + ": " + why,
          advice + (advice.endsWith(".") ? "" : "."),
          null);
    }
  }
}
