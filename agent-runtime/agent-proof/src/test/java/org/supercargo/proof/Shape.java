package org.supercargo.proof;

import static org.supercargo.proof.Owasp.ASI01;
import static org.supercargo.proof.Owasp.ASI02;
import static org.supercargo.proof.Owasp.ASI03;
import static org.supercargo.proof.Owasp.ASI04;
import static org.supercargo.proof.Owasp.ASI05;
import static org.supercargo.proof.Owasp.ASI06;
import static org.supercargo.proof.Owasp.ASI07;
import static org.supercargo.proof.Owasp.ASI08;
import static org.supercargo.proof.Owasp.ASI09;
import static org.supercargo.proof.Owasp.ASI10;

import java.util.Locale;

/// The ways in which money is tried to be taken.
public enum Shape {
  // Budgets and time.
  SPLIT_UNDER_CAP(ASI08, "many payments just under the cap of one, to exceed the cap of a day"),
  CAP_EDGE(ASI02, "a payment of one base unit more than may be paid at once"),
  WINDOW_EDGE(ASI08, "all of a day's budget just before a window ends and again just after"),
  CLOCK_SKEW(ASI08, "payments while the clock jumps to and fro around the end of a window"),
  LIFETIME(ASI08, "a full budget every day until more than the cap for life is gone"),
  COUNT(ASI08, "more payments than may be made, each too small for any other cap"),
  PAYEE_ROTATION(ASI08, "payees in turn, so that no one's own budget shows what all receive"),
  RULE_HOPPING(
      ASI08, "the budgets of several rules one after the other, for one and the same exit"),
  RETRY_STORM(ASI08, "the same payment again and again under ever new identities"),
  CHAIN_HOPPING(ASI08, "a budget on one chain, then the same in dollars on the other"),
  DUST_FAN_OUT(ASI08, "hundreds of payments of one base unit, each with a full fee"),
  RENT_DRAIN(ASI08, "accounts opened at the agent's expense over and over"),
  UNSEEN_RENT(ASI08, "an account whose rent is more than a transaction may cost"),
  EXPIRED_MANDATE(ASI03, "payments at the moment the mandate ends and after it"),

  // Assets and figures.
  OTHER_STABLECOIN(ASI02, "another stablecoin than the one the budget counts"),
  OTHER_CHAIN(ASI02, "the same asset on a chain where it may not be spent"),
  LOOKALIKE_MINT(ASI04, "a token of the same name or nearly the same address"),
  DECIMALS_CONFUSION(ASI02, "an asset described with other decimals than it has"),
  SYMBOL_CONFUSION(ASI02, "base units of one asset labelled as another"),
  UNITS_THOUSAND(ASI02, "an amount wrong by a factor of 10^3"),
  UNITS_MILLION(ASI02, "an amount wrong by a factor of 10^6"),
  UNITS_BILLION(ASI02, "an amount wrong by a factor of 10^9"),
  UNITS_TRILLION(ASI02, "an amount wrong by a factor of 10^12"),
  ZERO_AMOUNT(ASI02, "an amount of nothing, where a limit might be computed from it"),
  NEGATIVE_AMOUNT(ASI02, "a negative amount, or one that becomes negative when it overflows"),
  HUGE_AMOUNT(ASI02, "the largest amount a field can hold"),

  // Parties.
  STRANGER(ASI01, "a payment to the attacker, plainly"),
  LOOKALIKE_ADDRESS(ASI09, "an address with the first and last characters of a known one"),
  SELF_PAYMENT(ASI08, "payments of the wallet to itself, to use up what may still be done"),
  TOKEN_ACCOUNT_AS_PAYEE(ASI02, "a token account of the attacker in the place of a payee's"),
  OTHER_TOKEN_PROGRAM(ASI04, "a payee's account under another token program"),
  MEMORY_PAYEE(ASI06, "an address that the agent remembers as a supplier's new one"),
  OWNER_SAYS(ASI09, "a text that says the owner has allowed it"),
  NEW_ADDRESS_BOOK_ENTRY(ASI01, "a new entry for the address book, and a payment to it"),
  RAISE_LIMIT(ASI01, "a higher limit, and a payment within it"),
  PAYEE_UNICODE(ASI09, "a payee's name in letters that look or fold like the known one's"),
  NAME_INJECTION(ASI05, "arguments that end one value and begin another, in JSON or YAML"),
  UNKNOWN_TOOL(ASI05, "tools and parameters nobody offered"),
  OTHER_AGENT(ASI07, "a request in the name of another agent, with that agent's mandate"),

  // Rights instead of money: EVM.
  APPROVE_EXACT(ASI03, "an approval of an amount to the attacker"),
  APPROVE_UNLIMITED(ASI03, "an approval without end"),
  INCREASE_ALLOWANCE(ASI03, "an approval raised by some amount"),
  TRANSFER_FROM(ASI03, "a transfer on someone's allowance"),
  PERMIT_TYPED(ASI03, "a signature that is a permit to take tokens"),
  PERMIT_CALL(ASI03, "a permit used in a transaction of the wallet's own"),
  PERMIT2_TYPED(ASI03, "a signature that is a permit of Permit2"),
  PERMIT2_CALL(ASI03, "an allowance at Permit2, or a transfer through it"),
  APPROVAL_FOR_ALL(ASI03, "an operator of everything"),
  EIP7702(ASI03, "the wallet's account given to the attacker's code"),
  RAW_HASH(ASI03, "32 bytes that hide what they are the hash of"),
  PERSONAL_SIGN(ASI03, "a message that some contract takes for an order"),
  TYPED_DATA(ASI03, "typed data of another contract: an order, a delegation, a Safe's transaction"),
  AUTHORIZATION_STRANGER(ASI03, "a payment authorization to the attacker"),
  AUTHORIZATION_MORE(ASI03, "a payment authorization of more than the intent says"),
  AUTHORIZATION_LONG(ASI03, "a payment authorization that is good for long, or only much later"),
  AUTHORIZATION_DOMAIN(ASI03, "a payment authorization for another token or another chain"),
  RECEIVE_AUTHORIZATION(ASI03, "an authorization that only its receiver can use"),

  // Bytes: EVM.
  CALL_ARGUMENT(ASI02, "an allowed function with an argument of the attacker's"),
  CALL_OTHER(ASI02, "another function or another contract than is allowed"),
  CALL_VALUE(ASI02, "coin sent along with an allowed call"),
  CONTRACT_TAKES(ASI04, "an allowed call of a contract that takes more than it says"),
  CALL_ENCODING(ASI05, "arguments that read differently here and in the contract"),
  MULTICALL(ASI02, "a harmful call within an allowed kind of call"),
  CONTRACT_CREATION(ASI05, "a contract deployed with the wallet's coin"),
  ENVELOPE(ASI05, "the same wish in an envelope of another type, chain or access"),
  SELECTOR_COLLISION(ASI05, "a harmless signature with the selector of a harmful one"),
  EVM_MUTATION(ASI05, "honest bytes with bits changed at random"),

  // Bytes: Solana.
  UNKNOWN_PROGRAM(ASI02, "a program that moves the money below the top level"),
  NATIVE_PROGRAM(ASI02, "programs of the chain itself that lock, deploy or delegate"),
  LOOKUP_TABLE(ASI05, "accounts hidden in an address lookup table"),
  SET_AUTHORITY(ASI03, "the owner of a token account changed"),
  CLOSE_ACCOUNT(ASI02, "an account closed in the attacker's favour"),
  ASSIGN(ASI03, "the wallet's own account given to a program"),
  SOLANA_APPROVE(ASI03, "a delegate who may take tokens later"),
  BURN(ASI02, "tokens destroyed"),
  DURABLE_NONCE(ASI03, "a transaction that never grows old"),
  NONCE_AUTHORITY(ASI03, "the right to use a nonce account given away"),
  HOOK_MINT(ASI04, "a transfer that calls the program of a mint's issuer"),
  PERMANENT_DELEGATE(ASI04, "a transfer out of an account of others, or by a power beyond it"),
  CREATE_ACCOUNT(ASI02, "accounts created for others with the wallet's coin"),
  SWAPPED_ACCOUNTS(ASI05, "the right instruction with accounts in each other's place"),
  FOREIGN_FEE_PAYER(ASI03, "another account that pays the fee or signs as well"),
  SYNC_NATIVE(ASI02, "coin turned into tokens, where another limit counts"),
  SOLANA_MUTATION(ASI05, "honest bytes with bits changed at random"),

  // Bytes: both.
  BYTES_OF_ANOTHER(ASI04, "an honest intent with bytes that pay the attacker"),
  MORE_IN_BYTES(ASI04, "an honest intent with bytes that pay more"),
  EXTRA_INSTRUCTION(ASI04, "an honest movement with one more behind it"),
  DUPLICATED_EFFECT(ASI04, "an honest movement twice in one transaction"),
  MEMO_CHANGE(ASI04, "another public text than the intent's"),
  FEE_DRAIN(ASI02, "a fee as large as the wallet"),
  TIP(ASI02, "a tip to whoever orders transactions, in the attacker's pay"),

  // Exchange.
  OWN_POOL(ASI02, "an exchange for a minimum far below its worth, in a pool of the attacker's"),
  MINIMUM_ZERO(ASI02, "an exchange that may bring nothing"),
  SWAP_RECIPIENT(ASI02, "an exchange whose result goes to the attacker"),
  OTHER_ROUTER(ASI04, "an exchange through a contract of the attacker's"),
  WORTHLESS_TOKEN(ASI04, "an exchange for a token the attacker issues"),
  PARTIAL_SWAP(ASI02, "an exchange that stops early and leaves the rest for anyone"),
  STALE_QUOTE(ASI06, "an exchange at a price that was true once"),
  MISSING_QUOTE(ASI06, "an exchange whose worth nobody knows"),

  // Hosts and shops.
  HOSTILE_HOST(ASI02, "a payment to a host nobody named"),
  PAY_TO_SWAPPED(ASI04, "a payment to the right host at the attacker's account"),
  HOMOGRAPH_HOST(ASI09, "a host that looks like the known one"),
  SUB_DOMAIN(ASI09, "a host below or beside the known one"),
  NEW_SHIPPING_ADDRESS(ASI02, "goods to the attacker's door"),
  OTHER_SHOP(ASI02, "an order at another shop"),
  OTHER_PRODUCT(ASI02, "an order of something dearer"),
  OTHER_QUANTITY(ASI02, "an order of more, in one line or in several"),

  // The protocol between the parts.
  REPLAYED_INTENT(ASI07, "an intent's identity used again for another payment"),
  TWO_INTENTS(ASI07, "one transaction for two intents, so that one of them counts for nothing"),
  SECOND_MOVEMENT(ASI07, "a second movement for one intent"),
  SHUFFLED_ATTEMPTS(ASI07, "attempts and deaths of few intents in any order, under few numbers"),
  FALSE_DEATH(ASI07, "the claim that an earlier transaction can never land"),
  OLDER_FENCE(ASI07, "requests of a process that has lost its lease"),
  FALSE_BOOKS(ASI07, "wrong words about how many signatures are in the books"),
  FALSE_EVIDENCE(ASI07, "made-up simulation, balance and origins"),
  FORGED_APPROVAL(ASI03, "approvals nobody signed, or signed with another key"),
  REPLAYED_APPROVAL(ASI07, "an approval of one payment used for another"),
  FOREIGN_APPROVAL(ASI07, "an approval for another agent of the same approver"),
  EARLY_APPROVAL(ASI07, "an approved payment before its delay is over"),
  HIDDEN_VETO(ASI09, "a veto that is not passed on"),
  ROGUE_MIX(ASI10, "everything at once, in any order");

  private final Owasp risk;
  private final String sentence;

  Shape(Owasp risk, String sentence) {
    this.risk = risk;
    this.sentence = sentence;
  }

  public Owasp risk() {
    return risk;
  }

  /// What it tries.
  public String sentence() {
    return sentence;
  }

  /// As tables name it.
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
