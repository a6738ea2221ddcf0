import { RpcError, invalidParams } from '../errors.mjs';
import { feeOf } from '../fees.mjs';
import { BLOCKHASH_LIFETIME, GENESIS_HASH } from '../ledger.mjs';
import { MessageError, parseMessage } from '../message.mjs';
import { hasValidNonce } from '../nonce.mjs';
import { asKey, decodeBytes } from '../params.mjs';
import { blockJson } from '../block-json.mjs';
import { API_VERSION, readCommitment, withContext } from './context.mjs';

const MAX_BLOCK_RANGE = 500_000;
const RECENT_FEE_BLOCKS = 150;

/**
 * Slots, blocks and fees.
 *
 * @param {import('./context.mjs').Node} node
 * @returns {Record<string, import('./context.mjs').Method>}
 */
export function clusterMethods(node) {
  const { ledger, engine, treasury } = node;
  const slotOf = (params, index = 0) => ledger.slotAt(readCommitment(node, params.config(index)));

  return {
    getHealth: () => 'ok',
    getVersion: () => ({ 'solana-core': API_VERSION, 'feature-set': 0 }),
    getGenesisHash: () => GENESIS_HASH,
    getSlot: (params) => slotOf(params),
    getBlockHeight: (params) => ledger.heightAt(readCommitment(node, params.config(0))),
    getTransactionCount: () => ledger.transactionCount,
    getFirstAvailableBlock: () => ledger.firstKeptBlock.slot,
    minimumLedgerSlot: () => ledger.firstKeptBlock.slot,

    getEpochInfo(params) {
      const commitment = readCommitment(node, params.config(0));
      const slot = ledger.slotAt(commitment);
      return {
        absoluteSlot: slot,
        blockHeight: ledger.heightAt(commitment),
        ...ledger.epochOf(slot),
        transactionCount: ledger.transactionCount,
      };
    },

    getEpochSchedule: () => ({
      slotsPerEpoch: ledger.epochOf(0).slotsInEpoch,
      leaderScheduleSlotOffset: ledger.epochOf(0).slotsInEpoch,
      warmup: false,
      firstNormalEpoch: 0,
      firstNormalSlot: 0,
    }),

    getSupply(params) {
      const commitment = readCommitment(node, params.config(0));
      const nonCirculating = engine.balance(treasury.key.publicKey);
      const total = treasury.initialLamports - ledger.burntFees;
      return withContext(node, commitment, {
        total,
        circulating: total - nonCirculating,
        nonCirculating,
        nonCirculatingAccounts: params.config(0).flag('excludeNonCirculatingAccountsList')
          ? []
          : [treasury.key.address],
      });
    },

    getLatestBlockhash(params) {
      const commitment = readCommitment(node, params.config(0));
      const { blockhash, height } = ledger.blockAt(commitment);
      return withContext(node, commitment, { blockhash, lastValidBlockHeight: height + BLOCKHASH_LIFETIME });
    },

    isBlockhashValid(params) {
      const { address: blockhash } = params.key(0);
      const commitment = readCommitment(node, params.config(1));
      return withContext(node, commitment, ledger.isRecentBlockhash(blockhash, commitment));
    },

    getFeeForMessage(params) {
      const commitment = readCommitment(node, params.config(1));
      const message = readMessage(decodeBytes(params.string(0), 'base64'));
      const usable =
        ledger.isRecentBlockhash(message.blockhash, commitment) ||
        hasValidNonce(message, engine, ledger.openBlock.blockhash);
      return withContext(node, commitment, usable ? feeOf(message) : null);
    },

    getMinimumBalanceForRentExemption(params) {
      const bytes = params.u64(0);
      if (bytes > 1n << 32n) throw invalidParams('Invalid params: no account is that large');
      return engine.rentExemption(bytes);
    },

    getRecentPrioritizationFees(params) {
      const wanted = params.has(0) ? params.array(0, 128).map((value) => asKey(value).address) : [];
      return [...ledger.newestBlocks(RECENT_FEE_BLOCKS)].reverse().map((block) => ({
        slot: block.slot,
        prioritizationFee: leastFee(block, wanted),
      }));
    },

    getRecentPerformanceSamples(params) {
      const limit = params.integer(0, 1, 720, 720);
      return performanceSamples(ledger, limit);
    },

    getBlockTime(params) {
      return keptBlock(ledger, params.integer(0, 0, Number.MAX_SAFE_INTEGER)).time;
    },

    getBlock(params) {
      const slot = params.integer(0, 0, Number.MAX_SAFE_INTEGER);
      const config = params.config(1);
      const commitment = atLeastConfirmed(config);
      const block = keptBlock(ledger, slot);
      if (block.height > ledger.heightAt(commitment))
        throw new RpcError(-32004, `Block not available for slot ${slot}`);
      return blockJson(block, config, ledger, engine);
    },

    getBlocks(params) {
      const first = params.integer(0, 0, Number.MAX_SAFE_INTEGER);
      const tip = ledger.slotAt('confirmed');
      const endGiven = Number.isSafeInteger(params.has(1) ? params.at(1) : undefined);
      const last = Math.min(endGiven ? params.integer(1, 0, Number.MAX_SAFE_INTEGER) : tip, tip);
      if (last - first > MAX_BLOCK_RANGE) throw invalidParams(`Slot range too large; max ${MAX_BLOCK_RANGE}`);
      return keptSlots(ledger, first, last);
    },

    getBlocksWithLimit(params) {
      const first = params.integer(0, 0, Number.MAX_SAFE_INTEGER);
      const limit = params.integer(1, 0, MAX_BLOCK_RANGE);
      return keptSlots(ledger, first, Math.min(first + limit - 1, ledger.slotAt('confirmed')));
    },
  };
}

/** Histories hold nothing younger than a confirmed block. */
export function atLeastConfirmed(config) {
  const commitment = config.commitment();
  if (commitment === 'processed') throw invalidParams('Method does not support commitment below `confirmed`');
  return commitment;
}

function readMessage(bytes) {
  try {
    return parseMessage(bytes);
  } catch (error) {
    if (error instanceof MessageError) throw invalidParams(`failed to deserialize message: ${error.message}`);
    throw error;
  }
}

function keptBlock(ledger, slot) {
  const block = ledger.blockOfSlot(slot);
  if (block !== undefined) return block;
  if (slot > ledger.openBlock.slot) throw new RpcError(-32004, `Block not available for slot ${slot}`);
  const first = ledger.firstKeptBlock.slot;
  throw new RpcError(-32001, `Block ${slot} cleaned up, does not exist on node. First available block: ${first}`);
}

function keptSlots(ledger, first, last) {
  const slots = [];
  for (let slot = Math.max(first, ledger.firstKeptBlock.slot); slot <= last; slot += 1) slots.push(slot);
  return slots;
}

/** What it took to get into a block, and to write all of the wanted accounts there. */
function leastFee({ transactions }, wanted) {
  if (transactions.length === 0) return 0n;
  const lowest = (list) =>
    list.reduce((least, { unitPrice }) => (unitPrice < least ? unitPrice : least), list[0].unitPrice);
  let fee = lowest(transactions);
  for (const address of wanted) {
    const writers = transactions.filter(({ written }) => written.includes(address));
    if (writers.length > 0 && lowest(writers) > fee) fee = lowest(writers);
  }
  return fee;
}

function performanceSamples(ledger, limit) {
  const slotsPerSample = ledger.slotMs === 0 ? 150 : Math.round(60_000 / ledger.slotMs);
  const samples = [];
  let blocks = [];
  for (const block of ledger.newestBlocks(slotsPerSample * limit)) {
    blocks.push(block);
    if (blocks.length < slotsPerSample) continue;
    const numTransactions = blocks.reduce((sum, { transactions }) => sum + transactions.length, 0);
    samples.push({
      slot: blocks[0].slot,
      numSlots: blocks.length,
      numTransactions,
      numNonVoteTransactions: numTransactions,
      samplePeriodSecs: 60,
    });
    blocks = [];
  }
  return samples;
}
