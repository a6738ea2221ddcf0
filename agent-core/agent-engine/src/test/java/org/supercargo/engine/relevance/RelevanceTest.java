package org.supercargo.engine.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RelevanceTest {
  /// What an agent with many plugins might be able to do.
  private static final List<String> ACTIONS =
      """
      wallet_balance: What the wallet holds in one asset
      wallet_address: The address of the wallet on a chain
      transfer: Send an amount of an asset to a payee
      transfer_batch: Send amounts to several payees at once
      solana_token_account: Open an account for a token on Solana
      uniswap_quote: What a swap of one token for another on Base would give now
      uniswap_swap: Swap one token for another on Base, such as USDC for ETH
      jupiter_quote: What a swap of one token for another on Solana would give now
      jupiter_swap: Swap one token for another on Solana
      wrapEther: Turn ether into its wrapped form on Base
      unwrapEther: Turn wrapped ether back into ether on Base
      bridge_deposit: Move an asset to another chain over the bridge
      bridge_claim: Collect an asset that has crossed the bridge
      stake_deposit: Stake coins with a validator
      stake_withdraw: Take coins back from a validator
      stake_rewards: What staking has earned so far
      lend_supply: Lend an asset to a market and earn interest
      lend_withdraw: Take a lent asset back from a market
      borrow: Borrow an asset against a collateral
      repay: Pay a loan back
      health_factor: How far a loan is from liquidation
      limit_order_place: Leave an order to buy or sell at a price
      limit_order_cancel: Take an order back before it is filled
      limit_order_list: The orders that wait
      price: The price of an asset in dollars
      price_history: Prices of an asset over the last days
      volatility: How much a price has moved lately
      gas_price: What a transaction costs at the moment
      block_height: The number of the newest block
      transaction_status: Whether a transaction is final
      transaction_list: The wallet's latest transactions
      nft_list: The collectibles in the wallet
      nft_transfer: Give a collectible to a payee
      nft_floor: The lowest price of a collection
      domain_resolve: The address behind a name
      domain_register: Rent a name for some years
      domain_renew: Prolong the rent of a name
      governance_list: Proposals one may vote about
      governance_vote: Vote about a proposal
      governance_delegate: Let somebody else vote
      airdrop_check: Whether the wallet may claim an airdrop
      airdrop_claim: Claim an airdrop
      invoice_create: Ask a customer for a payment
      invoice_list: Invoices that are unpaid
      payroll_run: Pay all employees their salaries
      payroll_report: What employees were paid this month
      tax_report: Gains and losses of a year
      contact_find: Look a payee up in the address book
      calendar_today: Appointments of today
      weather: The weather in a city
      news_search: Headlines about a topic
      web_page: The text of a page
      email_draft: Write a message to somebody
      file_read: The text of a file
      file_write: Keep a text in a file
      translate: Say a text in another language
      summarise: Make a long text short
      calculator: Work a sum out
      clock: The time of day
      wait: Do nothing until later
      """
          .lines()
          .toList();

  private static List<String> names(List<String> texts, List<Integer> ranked) {
    return ranked.stream().map(index -> texts.get(index).replaceFirst(":.*", "")).toList();
  }

  private static List<String> actionsFor(String goal, int limit) {
    return names(ACTIONS, new Relevance(ACTIONS).rank(goal, limit));
  }

  @Test
  void of_sixty_actions_a_goal_to_swap_finds_the_swaps_first() {
    assertThat(ACTIONS).hasSize(60);
    assertThat(actionsFor("swap 5 USDC to ETH on base", 3))
        .containsExactly("uniswap_swap", "jupiter_swap", "uniswap_quote");
  }

  @Test
  void an_owner_finds_actions_in_the_owners_own_forms_of_the_words() {
    assertThat(actionsFor("Pay the salary of every employee", 1)).containsExactly("payroll_run");
    assertThat(actionsFor("Report what each employee was paid", 1))
        .containsExactly("payroll_report");
    assertThat(actionsFor("cancelling orders", 1)).containsExactly("limit_order_cancel");
    assertThat(actionsFor("vote on the proposals", 2))
        .containsExactly("governance_vote", "governance_list");
    assertThat(actionsFor("WRAP some Ether", 1)).containsExactly("wrapEther");
  }

  @Test
  void of_many_notes_a_goal_finds_those_that_bear_on_it() {
    List<String> notes =
        List.of(
            "Gas on Base is cheapest on Sunday mornings",
            "The owner prefers swaps in pieces of less than 100 USDC",
            "alice was paid on the first of May",
            "Jupiter refused a swap of BONK because of its price impact");
    var relevance = new Relevance(notes);
    assertThat(relevance.rank("swap 500 USDC", 9)).containsExactly(1, 3);
    assertThat(relevance.rank("pay Alice", 9)).isEqualTo(List.of(2));
  }

  @Test
  void a_text_that_shares_no_word_is_left_out_unless_room_is_to_be_filled() {
    var relevance = new Relevance(List.of("red", "green", "blue", "light green", ""));
    assertThat(relevance.rank("green", 9)).containsExactly(1, 3);
    assertThat(relevance.rank("yellow", 9)).isEmpty();
    assertThat(relevance.rank("", 9)).isEmpty();
    assertThat(relevance.rankAndPad("green", 9)).containsExactly(1, 3, 0, 2, 4);
    assertThat(relevance.rankAndPad("green", 4)).containsExactly(1, 3, 0, 2);
    assertThat(relevance.rankAndPad("green", 1)).containsExactly(1);
    assertThat(relevance.rankAndPad("yellow", 2)).containsExactly(0, 1);
  }

  @Test
  void a_limit_is_kept_and_a_negative_one_refused() {
    var relevance = new Relevance(List.of("green", "green", "green"));
    assertThat(relevance.rank("green", 0)).isEmpty();
    assertThat(relevance.rankAndPad("green", 0)).isEmpty();
    assertThat(relevance.rank("green", 2)).containsExactly(0, 1);
    assertThatThrownBy(() -> relevance.rank("green", -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> relevance.rankAndPad("green", -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothing_to_rank_is_ranked_as_nothing() {
    assertThat(new Relevance(List.of()).rankAndPad("green", 9)).isEmpty();
    assertThat(new Relevance(List.of("", "...")).rank("green", 9)).isEmpty();
    assertThat(new Relevance(List.of("", "...")).rankAndPad("green", 9)).containsExactly(0, 1);
  }

  @Test
  void a_rare_word_counts_for_more_than_a_common_one() {
    var relevance = new Relevance(List.of("the cat", "the dog", "the cow", "a fox"));
    assertThat(relevance.rank("the dog", 9)).containsExactly(1, 0, 2);
    assertThat(relevance.rank("the fox", 1)).containsExactly(3);
  }

  @Test
  void a_word_in_most_texts_still_counts_for_a_text() {
    var relevance = new Relevance(List.of("token", "token sale", "token", "other"));
    assertThat(relevance.rank("token", 9)).containsExactly(0, 2, 1);
    assertThat(new Relevance(List.of("token", "token")).rank("token", 9)).containsExactly(0, 1);
  }

  @Test
  void a_word_said_again_counts_less_than_another_word_of_the_query() {
    var relevance =
        new Relevance(
            List.of(
                "swap quote one two three four five six",
                "swap swap swap swap swap swap swap swap",
                "swap one two three four five six seven",
                "a b c d e f g h"));
    assertThat(relevance.rank("swap quote", 9)).containsExactly(0, 1, 2);
  }

  @Test
  void of_two_texts_that_say_a_word_once_the_shorter_one_comes_first() {
    var relevance = new Relevance(List.of("bridge to some other chain", "bridge out", "stay"));
    assertThat(relevance.rank("bridge", 9)).containsExactly(1, 0);
  }

  @Test
  void equal_texts_come_in_the_order_in_which_they_were_given() {
    List<String> texts = Collections.nCopies(50, "equal to the others");
    assertThat(new Relevance(texts).rank("others equal", 50))
        .isEqualTo(IntStream.range(0, 50).boxed().toList());
  }

  @Test
  void neither_the_order_of_the_querys_words_nor_their_number_changes_the_ranking() {
    long seed = 20_261_125L;
    var random = new Random(seed);
    var relevance = new Relevance(ACTIONS);
    for (int round = 0; round < 50; round++) {
      List<String> words = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        words.addAll(List.of(ACTIONS.get(random.nextInt(ACTIONS.size())).split(" ")));
      }
      List<Integer> ranked = relevance.rank(String.join(" ", words), 60);
      words.addAll(Collections.nCopies(5, words.getLast()));
      Collections.shuffle(words, random);
      assertThat(relevance.rank(String.join(" ", words), 60))
          .as("seed %d, round %d: %s", seed, round, words)
          .isEqualTo(ranked);
    }
  }

  @Test
  void exactly_the_texts_that_share_a_word_are_ranked_and_padding_adds_each_other_one_once() {
    long seed = 20_261_126L;
    var random = new Random(seed);
    var relevance = new Relevance(ACTIONS);
    for (int round = 0; round < 50; round++) {
      String query = ACTIONS.get(random.nextInt(ACTIONS.size()));
      List<Integer> sharing =
          IntStream.range(0, ACTIONS.size())
              .filter(i -> new HashSet<>(Words.of(query)).removeAll(Words.of(ACTIONS.get(i))))
              .boxed()
              .toList();
      List<Integer> ranked = relevance.rank(query, 60);
      assertThat(ranked)
          .as("seed %d: %s", seed, query)
          .containsExactlyInAnyOrderElementsOf(sharing);
      assertThat(relevance.rankAndPad(query, 60))
          .as("seed %d: %s", seed, query)
          .startsWith(ranked.toArray(Integer[]::new))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 60).boxed().toList());
    }
  }
}
