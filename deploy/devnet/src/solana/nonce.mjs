import { createHash } from 'node:crypto';
import { decodeKey, encodeBase58 } from './base58.mjs';
import { RECENT_BLOCKHASHES, SYSTEM } from './programs.mjs';
import { isWritable } from './roles.mjs';

const ADVANCE_NONCE_ACCOUNT = 4;
const NONCE_STATE_BYTES = 80;
const NONCE_OFFSET = 40;
const CURRENT_VERSION = 1;
const INITIALIZED = 1;

/**
 * @typedef {object} NonceState
 * @property {string} authority
 * @property {string} nonce what a transaction carries in the place of a blockhash
 * @property {bigint} lamportsPerSignature
 */

/**
 * @param {import('./engine.mjs').Account | null} account
 * @returns {NonceState | null} null unless it is an initialized nonce account of the current version
 */
export function readNonceState(account) {
  if (account === null || account.owner !== SYSTEM || account.data.length !== NONCE_STATE_BYTES) return null;
  const { data } = account;
  if (data.readUInt32LE(0) !== CURRENT_VERSION || data.readUInt32LE(4) !== INITIALIZED) return null;
  return {
    authority: encodeBase58(data.subarray(8, 40)),
    nonce: encodeBase58(data.subarray(NONCE_OFFSET, NONCE_OFFSET + 32)),
    lamportsPerSignature: data.readBigUInt64LE(72),
  };
}

/**
 * The nonce account a message names by its form: its first instruction is AdvanceNonceAccount on a static, writable account.
 *
 * @param {import('./message.mjs').Message} message
 * @returns {Buffer | null}
 */
export function nonceAccountOf(message) {
  const [first] = message.instructions;
  if (first === undefined || first.programIdIndex >= message.keys.length) return null;
  if (encodeBase58(message.keys[first.programIdIndex]) !== SYSTEM) return null;
  if (first.data.length < 4 || first.data.readUInt32LE(0) !== ADVANCE_NONCE_ACCOUNT) return null;
  const index = first.accounts[0];
  if (index === undefined || index >= message.keys.length || !isWritable(message, index)) return null;
  return message.keys[index];
}

/**
 * Whether a message may run on the strength of a durable nonce.
 *
 * @param {import('./message.mjs').Message} message
 * @param {import('./engine.mjs').Engine} engine
 * @param {string} blockhash of the open block
 */
export function hasValidNonce(message, engine, blockhash) {
  const key = nonceAccountOf(message);
  if (key === null) return false;
  const state = readNonceState(engine.account(key));
  if (state === null || state.nonce !== message.blockhash) return false;
  if (state.nonce === durableNonce(blockhash)) return false; // stored in this very block: it cannot advance yet
  const signers = message.instructions[0].accounts.filter((index) => index < message.header.numRequiredSignatures);
  return signers.some((index) => encodeBase58(message.keys[index]) === state.authority);
}

/** @param {string} blockhash */
function durableNonce(blockhash) {
  return encodeBase58(createHash('sha256').update('DURABLE_NONCE').update(decodeKey(blockhash)).digest());
}

/**
 * The nonces among the accounts of a transaction that may set one.
 *
 * @param {import('./roles.mjs').Resolved} accounts
 * @param {import('./engine.mjs').Engine} engine
 * @returns {Map<Buffer, string>} nonce by account key
 */
export function noncesAmong({ addresses, keys }, engine) {
  const nonces = new Map();
  if (!addresses.includes(RECENT_BLOCKHASHES)) return nonces; // every instruction that sets a nonce reads it
  for (const key of keys) {
    const state = readNonceState(engine.account(key));
    if (state !== null) nonces.set(key, state.nonce);
  }
  return nonces;
}

/**
 * Gives a nonce account the nonce of a block.
 *
 * @param {import('./engine.mjs').Engine} engine
 * @param {Buffer} key
 * @param {string} blockhash
 */
export function storeNonce(engine, key, blockhash) {
  const account = engine.account(key);
  const data = Buffer.from(account.data);
  decodeKey(durableNonce(blockhash)).copy(data, NONCE_OFFSET);
  engine.setAccount(key, { ...account, data, owner: decodeKey(account.owner) });
}
