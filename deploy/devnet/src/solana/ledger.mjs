import { createHash, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { encodeBase58 } from './base58.mjs';
import { computeBudget, feeOf } from './fees.mjs';
import { hasValidNonce, nonceAccountOf, noncesAmong, storeNonce } from './nonce.mjs';
import { SYSTEM, keyOf } from './programs.mjs';
import { resolveAccounts, writableAddresses } from './roles.mjs';
import { tokenBalances } from './token-state.mjs';

/** A blockhash may be used in its own block and the 150 after it. */
export const BLOCKHASH_LIFETIME = 150;
const STATUS_CACHE_BLOCKS = 300;
const SLOT_HASHES = 512;
const KEPT_BLOCKS = 50_000;
const SLOTS_PER_EPOCH = 432_000;
/** Some slots of a real chain have no block, so heights lag behind slots; code that mixes them up shall notice. */
const SLOTS_WITHOUT_BLOCK = 21_844_000;
const MAINNET_SLOT_MS = 400;
/** A transaction whose accounts do not load is not run, but it is in the chain and pays its fee. */
const PAID_ALL_THE_SAME = new Set([
  'ProgramAccountNotFound',
  'InvalidProgramForExecution',
  'MaxLoadedAccountsDataSizeExceeded',
]);
const FIRST_SLOT_TIME = Date.UTC(2020, 2, 16);

/** The same on every devnet, so that a file can name this chain. */
export const GENESIS_HASH = encodeBase58(createHash('sha256').update('supercargo devnet genesis').digest());

/**
 * @typedef {'processed' | 'confirmed' | 'finalized'} Commitment
 *
 * @typedef {object} Block
 * @property {number} slot
 * @property {number} height
 * @property {string} blockhash
 * @property {number} time Unix seconds
 * @property {LandedTransaction[]} transactions
 *
 * @typedef {object} LandedTransaction
 * @property {import('./message.mjs').Transaction} transaction
 * @property {Block} block
 * @property {number} position in the block
 * @property {import('./roles.mjs').Resolved} accounts
 * @property {import('./engine.mjs').Outcome} outcome
 * @property {bigint} fee lamports
 * @property {bigint[]} preBalances
 * @property {bigint[]} postBalances
 * @property {object[]} preTokenBalances
 * @property {object[]} postTokenBalances
 * @property {bigint} unitPrice micro-lamports per compute unit
 * @property {string[]} written addresses the transaction had the right to write
 */

/**
 * Blocks, their hashes and the transactions in them. Emits `landed` with a transaction when it is executed, and `block`
 * with the new open block.
 */
export class Ledger extends EventEmitter {
  /** @type {Map<number, Block>} by height */
  #blocks = new Map();
  /** @type {Map<string, number>} height by blockhash, for the hashes still in use */
  #heightOfHash = new Map();
  /** @type {Map<string, LandedTransaction>} by signature */
  #bySignature = new Map();
  /** @type {Map<string, LandedTransaction[]>} by address, oldest first */
  #byAddress = new Map();
  /** @type {Map<string, number>} height by message: two signatures over one message are still one transaction */
  #messages = new Map();
  #burntFees = 0n;
  #blockhashSeed = randomBytes(32);
  #clockOffsetSeconds = 0;
  #timer = null;

  /**
   * @param {import('./engine.mjs').Engine} engine
   * @param {{slotMs: number, finalitySlots: number}} options
   */
  constructor(engine, { slotMs, finalitySlots }) {
    super();
    this.setMaxListeners(0);
    this.engine = engine;
    this.slotMs = slotMs;
    this.finalitySlots = finalitySlots;
    // Slots follow the calendar, so that heights do not run backwards for a client that outlives a restart.
    const now = Math.floor((Date.now() - FIRST_SLOT_TIME) / MAINNET_SLOT_MS);
    this.firstHeight = now - SLOTS_WITHOUT_BLOCK;
    this.height = this.firstHeight - 1;
    this.#openBlocks(STATUS_CACHE_BLOCKS + 1);
  }

  start() {
    if (this.slotMs === 0) return;
    this.#timer = setInterval(() => this.advance(1), this.slotMs);
  }

  stop() {
    clearInterval(this.#timer);
  }

  get transactionCount() {
    return this.#bySignature.size;
  }

  /** @returns {Block} the block transactions go into now */
  get openBlock() {
    return this.#blocks.get(this.height);
  }

  /** @returns {Block} */
  get firstKeptBlock() {
    return this.#blocks.values().next().value;
  }

  /** Lamports; no validator earns them here. */
  get burntFees() {
    return this.#burntFees;
  }

  /** @param {Commitment} commitment */
  heightAt(commitment) {
    if (commitment === 'processed') return this.height;
    return this.height - (commitment === 'confirmed' ? 1 : this.finalitySlots);
  }

  /** @param {Commitment} commitment */
  slotAt(commitment) {
    return this.heightAt(commitment) + SLOTS_WITHOUT_BLOCK;
  }

  epochOf(slot) {
    return {
      epoch: Math.floor(slot / SLOTS_PER_EPOCH),
      slotIndex: slot % SLOTS_PER_EPOCH,
      slotsInEpoch: SLOTS_PER_EPOCH,
    };
  }

  /**
   * @param {Commitment} commitment
   * @returns {Block}
   */
  blockAt(commitment) {
    return this.#blocks.get(this.heightAt(commitment));
  }

  /**
   * @param {number} slot
   * @returns {Block | undefined}
   */
  blockOfSlot(slot) {
    return this.#blocks.get(slot - SLOTS_WITHOUT_BLOCK);
  }

  /**
   * Whether a transaction with this blockhash can run, as a node sees it at a commitment.
   *
   * @param {string} blockhash
   * @param {Commitment} commitment
   */
  isRecentBlockhash(blockhash, commitment) {
    const height = this.#heightOfHash.get(blockhash);
    const tip = this.heightAt(commitment);
    return height !== undefined && height <= tip && tip - height <= BLOCKHASH_LIFETIME;
  }

  /**
   * What forbids a transaction before any of its instructions runs.
   *
   * @param {import('./message.mjs').Transaction} transaction
   * @param {Commitment} commitment
   * @returns {'BlockhashNotFound' | 'AlreadyProcessed' | null}
   */
  ageError({ message, signature }, commitment) {
    if (
      !this.isRecentBlockhash(message.blockhash, commitment) &&
      !hasValidNonce(message, this.engine, this.openBlock.blockhash)
    )
      return 'BlockhashNotFound';
    return this.#bySignature.has(signature) || this.#messages.has(messageKey(message)) ? 'AlreadyProcessed' : null;
  }

  /**
   * Runs a transaction in the open block.
   *
   * @param {import('./message.mjs').Transaction} transaction
   * @returns {LandedTransaction | null} null where it does not get into the chain at all
   */
  execute(transaction) {
    if (this.ageError(transaction, 'processed') !== null) return null;
    const { engine, openBlock: block } = this;
    const { message } = transaction;
    const accounts = resolveAccounts(message, engine);
    if (accounts === null) return null;
    const balances = () => accounts.keys.map((key) => engine.balance(key));
    const preBalances = balances();
    const preTokenBalances = tokenBalances(accounts, engine);
    const preNonces = noncesAmong(accounts, engine);
    const usesNonce = !this.isRecentBlockhash(message.blockhash, 'processed');
    const outcome = engine.execute(transaction);
    if (PAID_ALL_THE_SAME.has(outcome.error)) this.#chargeFee(message);
    // The fee is what leaves the transaction's accounts altogether; one that pays none was refused before it began.
    const fee = sum(preBalances) - sum(balances());
    if (outcome.error !== null && fee === 0n) return null;
    // The machine derives a new nonce from the old one; a node takes it from the block, and moves it on after a failure too.
    if (outcome.error !== null && usesNonce) storeNonce(engine, nonceAccountOf(message), block.blockhash);
    for (const [key, nonce] of noncesAmong(accounts, engine)) {
      if (outcome.error === null && preNonces.get(key) !== nonce) storeNonce(engine, key, block.blockhash);
    }
    const landed = {
      transaction,
      block,
      position: block.transactions.length,
      accounts,
      outcome,
      fee,
      preBalances,
      postBalances: balances(),
      preTokenBalances,
      postTokenBalances: tokenBalances(accounts, engine),
      unitPrice: computeBudget(message).unitPrice,
      written: writableAddresses(message, accounts.addresses),
    };
    this.#record(landed);
    return landed;
  }

  /** @param {string} signature */
  find(signature) {
    return this.#bySignature.get(signature);
  }

  /**
   * @param {string} address
   * @returns {LandedTransaction[]} oldest first
   */
  touching(address) {
    return this.#byAddress.get(address) ?? [];
  }

  /**
   * @param {LandedTransaction} landed
   * @returns {Commitment}
   */
  commitmentOf({ block }) {
    if (block.height <= this.heightAt('finalized')) return 'finalized';
    return block.height <= this.heightAt('confirmed') ? 'confirmed' : 'processed';
  }

  /** Whether a node still has the status at hand without a search through its history. */
  inStatusCache({ block }) {
    return this.height - block.height <= STATUS_CACHE_BLOCKS;
  }

  /**
   * @param {number} slots
   * @param {number} [seconds] moves the chain's clock ahead of the real one, for good
   */
  advance(slots, seconds = 0) {
    this.#clockOffsetSeconds += seconds;
    this.#openBlocks(slots);
  }

  /** @returns {Block[]} newest first */
  *newestBlocks(count) {
    for (let height = this.height; height > this.height - count; height -= 1) {
      const block = this.#blocks.get(height);
      if (block === undefined) return;
      yield block;
    }
  }

  #openBlocks(count) {
    const time = Math.floor(Date.now() / 1000) + this.#clockOffsetSeconds;
    for (let i = 0; i < count; i += 1) {
      this.height += 1;
      const { height } = this;
      const slot = height + SLOTS_WITHOUT_BLOCK;
      const blockhash = encodeBase58(createHash('sha256').update(this.#blockhashSeed).update(String(height)).digest());
      this.#blocks.set(height, { slot, height, blockhash, time, transactions: [] });
      this.#heightOfHash.set(blockhash, height);
      this.#forget();
      if (i === count - 1) this.#advanceEngine(slot, time);
      this.emit('block', this.openBlock);
    }
  }

  #advanceEngine(slot, unixTimestamp) {
    const slotHashes = [];
    for (const block of this.newestBlocks(SLOT_HASHES + 1)) {
      if (block.slot !== slot) slotHashes.push({ slot: BigInt(block.slot), hash: block.blockhash });
    }
    this.engine.advance({ slot, epoch: this.epochOf(slot).epoch, unixTimestamp, slotHashes });
  }

  #forget() {
    for (const [hash, height] of this.#heightOfHash) {
      if (this.height - height <= STATUS_CACHE_BLOCKS) break;
      this.#heightOfHash.delete(hash);
    }
    for (const [key, height] of this.#messages) {
      if (this.height - height <= STATUS_CACHE_BLOCKS) break;
      this.#messages.delete(key);
    }
    if (this.#blocks.size > KEPT_BLOCKS) this.#blocks.delete(this.firstKeptBlock.height);
  }

  #chargeFee(message) {
    const [payer] = message.keys;
    const account = this.engine.account(payer);
    const fee = feeOf(message);
    if (account === null || account.owner !== SYSTEM || account.lamports < fee) return;
    this.engine.setAccount(payer, { ...account, lamports: account.lamports - fee, owner: keyOf(SYSTEM) });
  }

  #record(landed) {
    const { transaction, block, accounts } = landed;
    block.transactions.push(landed);
    this.#burntFees += landed.fee;
    this.#bySignature.set(transaction.signature, landed);
    this.#messages.set(messageKey(transaction.message), this.height);
    for (const address of new Set(accounts.addresses)) {
      const list = this.#byAddress.get(address);
      if (list === undefined) this.#byAddress.set(address, [landed]);
      else list.push(landed);
    }
    this.emit('landed', landed);
  }
}

const sum = (amounts) => amounts.reduce((total, amount) => total + amount, 0n);

const messageKey = ({ bytes }) => createHash('sha256').update(bytes).digest('latin1');
