import { encodeBase58 } from './base58.mjs';
import { RpcError } from './errors.mjs';
import { parseInstruction } from './parsed-instructions.mjs';
import { MEMO, MEMO_V1 } from './programs.mjs';
import { isSigner } from './roles.mjs';

export const TRANSACTION_ENCODINGS = ['binary', 'base58', 'base64', 'json', 'jsonParsed'];
const TOP_LEVEL = 1;

/**
 * @typedef {import('./ledger.mjs').LandedTransaction} LandedTransaction
 *
 * @typedef {object} TransactionFormat
 * @property {string} encoding
 * @property {number | undefined} newestVersion newest message version the client understands
 */

/**
 * A transaction of `getTransaction`.
 *
 * @param {LandedTransaction} landed
 * @param {TransactionFormat} format
 * @param {import('./engine.mjs').Engine} engine
 */
export function transactionJson(landed, format, engine) {
  const { slot, time } = landed.block;
  return { slot, blockTime: time, ...transactionWithMeta(landed, format, engine) };
}

/**
 * A transaction as it stands in a block.
 *
 * @param {LandedTransaction} landed
 * @param {TransactionFormat} format
 * @param {import('./engine.mjs').Engine} engine
 */
export function transactionWithMeta(landed, { encoding, newestVersion }, engine) {
  const { version } = landed.transaction.message;
  if (version !== 'legacy' && newestVersion === undefined) {
    throw new RpcError(
      -32015,
      `Transaction version (${version}) is not supported by the requesting client. Please try the request again with the ` +
        `following configuration parameter: "maxSupportedTransactionVersion": ${version}`,
    );
  }
  return {
    transaction: encodeTransaction(landed, encoding, engine),
    meta: metaJson(landed, encoding, engine),
    ...(newestVersion === undefined ? {} : { version }),
  };
}

function encodeTransaction(landed, encoding, engine) {
  const { transaction } = landed;
  switch (encoding) {
    case 'binary':
      return encodeBase58(transaction.bytes);
    case 'base58':
      return [encodeBase58(transaction.bytes), 'base58'];
    case 'base64':
      return [transaction.bytes.toString('base64'), 'base64'];
    default:
      return {
        signatures: transaction.signatures.map(encodeBase58),
        message: encoding === 'json' ? plainMessage(transaction.message) : parsedMessage(landed, engine),
      };
  }
}

function plainMessage(message) {
  return {
    header: message.header,
    accountKeys: message.keys.map(encodeBase58),
    recentBlockhash: message.blockhash,
    instructions: message.instructions.map((instruction) => plainInstruction(instruction, TOP_LEVEL)),
    ...tableLookups(message),
  };
}

function parsedMessage(landed, engine) {
  const { message } = landed.transaction;
  return {
    accountKeys: accountKeysJson(landed),
    recentBlockhash: message.blockhash,
    instructions: message.instructions.map((instruction) =>
      parseInstruction(instruction, TOP_LEVEL, landed.accounts.addresses, engine),
    ),
    ...tableLookups(message),
  };
}

/** @param {LandedTransaction} landed */
export function accountKeysJson({ transaction: { message }, accounts, written }) {
  const writable = new Set(written);
  return accounts.addresses.map((pubkey, index) => ({
    pubkey,
    signer: isSigner(message, index),
    source: index < message.keys.length ? 'transaction' : 'lookupTable',
    writable: writable.has(pubkey),
  }));
}

function tableLookups({ version, lookups }) {
  if (version === 'legacy') return {};
  return {
    addressTableLookups: lookups.map(({ table, writable, readonly }) => ({
      accountKey: encodeBase58(table),
      writableIndexes: writable,
      readonlyIndexes: readonly,
    })),
  };
}

const plainInstruction = ({ programIdIndex, accounts, data }, stackHeight) => ({
  programIdIndex,
  accounts,
  data: encodeBase58(data),
  stackHeight,
});

/** @param {import('./engine.mjs').Outcome['inner']} inner */
export const innerInstructionsJson = (inner) =>
  inner.map(({ index, instructions }) => ({
    index,
    instructions: instructions.map((instruction) => plainInstruction(instruction, instruction.stackHeight)),
  }));

/** @param {import('./engine.mjs').Outcome['returnData']} returned */
export const returnDataJson = (returned) =>
  returned === null ? null : { programId: returned.programId, data: [returned.data.toString('base64'), 'base64'] };

/** @param {LandedTransaction} landed */
function metaJson(landed, encoding, engine) {
  const { outcome, accounts } = landed;
  const parsedInner = () =>
    outcome.inner.map(({ index, instructions }) => ({
      index,
      instructions: instructions.map((instruction) =>
        parseInstruction(instruction, instruction.stackHeight, accounts.addresses, engine),
      ),
    }));
  return {
    err: outcome.error,
    status: outcome.error === null ? { Ok: null } : { Err: outcome.error },
    fee: landed.fee,
    preBalances: landed.preBalances,
    postBalances: landed.postBalances,
    innerInstructions: encoding === 'jsonParsed' ? parsedInner() : innerInstructionsJson(outcome.inner),
    logMessages: outcome.logs,
    preTokenBalances: landed.preTokenBalances,
    postTokenBalances: landed.postTokenBalances,
    rewards: [],
    // With parsed keys the loaded addresses stand among them.
    ...(encoding === 'jsonParsed'
      ? {}
      : { loadedAddresses: { writable: accounts.loadedWritable, readonly: accounts.loadedReadonly } }),
    ...(outcome.returnData === null ? {} : { returnData: returnDataJson(outcome.returnData) }),
    computeUnitsConsumed: outcome.unitsConsumed,
  };
}

/**
 * The memos of a transaction in one line, or null.
 *
 * @param {LandedTransaction} landed
 */
export function memoOf({ transaction: { message }, accounts }) {
  const memos = message.instructions
    .filter(({ programIdIndex }) => [MEMO, MEMO_V1].includes(accounts.addresses[programIdIndex]))
    .map(({ data }) => `[${data.length}] ${data.toString('utf8')}`);
  return memos.length === 0 ? null : memos.join('; ');
}
