import { accountJson } from '../account-json.mjs';
import { refusal } from '../engine.mjs';
import { errorText } from '../error-texts.mjs';
import { RpcError, invalidParams } from '../errors.mjs';
import { BLOCKHASH_LIFETIME } from '../ledger.mjs';
import { MAX_TRANSACTION_BYTES, MessageError, parseTransaction, withBlockhash } from '../message.mjs';
import { asKey, checkContextSlot, decodeBytes } from '../params.mjs';
import { innerInstructionsJson, returnDataJson } from '../transaction-json.mjs';
import { resolveAccounts } from '../roles.mjs';
import { GrantError } from '../treasury.mjs';
import { withContext } from './context.mjs';

const MAX_TEXT = { base58: 1683, base64: 1644 };
const LOOKUP_ERRORS = new Set([
  'AddressLookupTableNotFound',
  'InvalidAddressLookupTableOwner',
  'InvalidAddressLookupTableData',
  'InvalidAddressLookupTableIndex',
]);
const TYPE_NAME = 'solana_transaction::versioned::VersionedTransaction';

/** Tells the server to close the connection instead of answering. */
export const LOST_REPLY = Symbol('lost reply');

/**
 * Transactions on their way in.
 *
 * @param {import('./context.mjs').Node} node
 * @returns {Record<string, import('./context.mjs').Method>}
 */
export function sendMethods(node) {
  const { engine, ledger, treasury, faults } = node;

  /** @returns {import('../engine.mjs').Outcome} */
  const dryRun = (transaction, commitment, verifySignatures) => {
    const outcome = engine.simulate(transaction, { verifySignatures });
    if (outcome.error === 'SignatureFailure') throw new RpcError(-32003, 'Transaction signature verification failure');
    const ageError = ledger.ageError(transaction, commitment);
    return ageError === null ? outcome : refusal(ageError);
  };

  return {
    sendTransaction(params) {
      const config = params.config(1);
      const transaction = readTransaction(params.string(0), config);
      checkLookups(transaction, engine);
      config.integer('maxRetries', 0, Number.MAX_SAFE_INTEGER, undefined);
      if (!config.flag('skipPreflight')) {
        const commitment = config.commitment('finalized', 'preflightCommitment');
        checkContextSlot(config, ledger, commitment);
        const outcome = dryRun(transaction, commitment, true);
        if (outcome.error !== null) {
          const data = simulationJson(outcome, { inner: null, accounts: null, replacement: null });
          throw new RpcError(-32002, `Transaction simulation failed: ${errorText(outcome.error)}`, data);
        }
      }
      if (faults.drops > 0) faults.drops -= 1;
      else ledger.execute(transaction);
      if (faults.lostReplies === 0) return transaction.signature;
      faults.lostReplies -= 1;
      return LOST_REPLY;
    },

    simulateTransaction(params) {
      const config = params.config(1);
      const commitment = config.commitment();
      checkContextSlot(config, ledger, commitment);
      let transaction = readTransaction(params.string(0), config);
      const verifySignatures = config.flag('sigVerify');
      let replacement = null;
      if (config.flag('replaceRecentBlockhash')) {
        if (verifySignatures) throw invalidParams('sigVerify may not be used with replaceRecentBlockhash');
        const { blockhash, height } = ledger.blockAt(commitment);
        replacement = { blockhash, lastValidBlockHeight: height + BLOCKHASH_LIFETIME };
        transaction = withBlockhash(transaction, blockhash);
      }
      checkLookups(transaction, engine);
      const wanted = readWantedAccounts(config.section('accounts'), transaction, engine);
      const outcome = dryRun(transaction, commitment, verifySignatures);
      const accounts =
        wanted &&
        wanted.keys.map(({ address, key }) => {
          if (outcome.error !== null) return null;
          return accountJson(
            outcome.postAccounts.get(address) ?? engine.account(key),
            { encoding: wanted.encoding, slice: undefined },
            engine,
          );
        });
      const inner = config.flag('innerInstructions') ? innerInstructionsJson(outcome.inner) : null;
      return withContext(node, commitment, simulationJson(outcome, { inner, accounts, replacement }));
    },

    requestAirdrop(params) {
      const { address } = params.key(0);
      const lamports = params.u64(1);
      try {
        return treasury.grantLamports(address, lamports).transaction.signature;
      } catch (error) {
        if (error instanceof GrantError) throw invalidParams(`Invalid request: ${error.message}`);
        throw error;
      }
    },
  };
}

/** @returns {import('../message.mjs').Transaction} */
function readTransaction(text, config) {
  const encoding = config.variant('encoding', ['base58', 'base64'], 'base58');
  if (text.length > MAX_TEXT[encoding]) {
    const limits = `${MAX_TEXT[encoding]}/${MAX_TRANSACTION_BYTES}`;
    throw invalidParams(
      `${encoding} encoded ${TYPE_NAME} too large: ${text.length} bytes (max: encoded/raw ${limits})`,
    );
  }
  const bytes = decodeBytes(text, encoding);
  if (bytes.length > MAX_TRANSACTION_BYTES) {
    throw invalidParams(`decoded ${TYPE_NAME} too large: ${bytes.length} bytes (max: ${MAX_TRANSACTION_BYTES} bytes)`);
  }
  try {
    return parseTransaction(bytes);
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    const prefix = error.stage === 'sanitize' ? 'invalid transaction' : `failed to deserialize ${TYPE_NAME}`;
    throw invalidParams(`${prefix}: ${error.message}`);
  }
}

/** A node resolves lookup tables before anything else, and refuses what it cannot resolve even without preflight. */
function checkLookups(transaction, engine) {
  if (transaction.message.lookups.length === 0) return;
  const { error } = engine.simulate(transaction, { verifySignatures: false });
  if (LOOKUP_ERRORS.has(error)) throw invalidParams(`invalid transaction: ${errorText(error)}`);
}

function readWantedAccounts(config, transaction, engine) {
  if (config === undefined) return null;
  const encoding = config.variant('encoding', ['base64', 'jsonParsed'], 'base64');
  const addresses = config.get('addresses');
  if (!Array.isArray(addresses)) throw invalidParams('Invalid params: missing field `addresses`');
  const count = resolveAccounts(transaction.message, engine)?.keys.length ?? transaction.message.keys.length;
  if (addresses.length > count) throw invalidParams(`Too many accounts provided; max ${count}`);
  return { encoding, keys: addresses.map(asKey) };
}

function simulationJson(outcome, { inner, accounts, replacement }) {
  return {
    accounts,
    err: outcome.error,
    innerInstructions: inner,
    logs: outcome.logs,
    replacementBlockhash: replacement,
    returnData: returnDataJson(outcome.returnData),
    unitsConsumed: outcome.unitsConsumed,
  };
}
