import { encodeBase58 } from './base58.mjs';
import { NATIVE_MINT, TOKEN, TOKEN_2022, keyOf } from './programs.mjs';

/** Reads mints and token accounts of SPL Token and Token-2022. */

export const MINT_BYTES = 82;
const TOKEN_ACCOUNT_BYTES = 165;
const ACCOUNT_TYPE_OFFSET = 165;
const TYPE_MINT = 1;
const TYPE_TOKEN_ACCOUNT = 2;
const STATES = ['uninitialized', 'initialized', 'frozen'];

export const isTokenProgram = (address) => address === TOKEN || address === TOKEN_2022;

/**
 * @typedef {import('./engine.mjs').Account} Account
 *
 * @typedef {object} Mint
 * @property {string | null} mintAuthority
 * @property {bigint} supply
 * @property {number} decimals
 * @property {boolean} isInitialized
 * @property {string | null} freezeAuthority
 *
 * @typedef {object} TokenAccount
 * @property {string} mint
 * @property {string} owner
 * @property {bigint} amount
 * @property {string | null} delegate
 * @property {string} state
 * @property {bigint | null} nativeReserve
 * @property {bigint} delegatedAmount
 * @property {string | null} closeAuthority
 */

/** @param {Account | null} account */
function holds(account, plainBytes, type) {
  if (account === null || !isTokenProgram(account.owner)) return false;
  const { data } = account;
  if (data.length === plainBytes) return true;
  return account.owner === TOKEN_2022 && data.length > ACCOUNT_TYPE_OFFSET && data[ACCOUNT_TYPE_OFFSET] === type;
}

/**
 * @param {Account | null} account
 * @returns {Mint | null}
 */
export function readMint(account) {
  if (!holds(account, MINT_BYTES, TYPE_MINT)) return null;
  const { data } = account;
  return {
    mintAuthority: optionalKey(data, 0),
    supply: data.readBigUInt64LE(36),
    decimals: data[44],
    isInitialized: data[45] === 1,
    freezeAuthority: optionalKey(data, 46),
  };
}

/**
 * @param {Account | null} account
 * @returns {TokenAccount | null} null unless it is an initialized token account
 */
export function readTokenAccount(account) {
  if (!holds(account, TOKEN_ACCOUNT_BYTES, TYPE_TOKEN_ACCOUNT)) return null;
  const { data } = account;
  const state = STATES[data[108]];
  if (state === undefined || state === 'uninitialized') return null;
  return {
    mint: encodeBase58(data.subarray(0, 32)),
    owner: encodeBase58(data.subarray(32, 64)),
    amount: data.readBigUInt64LE(64),
    delegate: optionalKey(data, 72),
    state,
    nativeReserve: data.readUInt32LE(109) === 1 ? data.readBigUInt64LE(113) : null,
    delegatedAmount: data.readBigUInt64LE(121),
    closeAuthority: optionalKey(data, 129),
  };
}

function optionalKey(data, offset) {
  return data.readUInt32LE(offset) === 1 ? encodeBase58(data.subarray(offset + 4, offset + 36)) : null;
}

/**
 * @param {string} mint
 * @param {import('./engine.mjs').Engine} engine
 * @returns {number | null}
 */
export function decimalsOf(mint, engine) {
  if (mint === NATIVE_MINT) return 9;
  return readMint(engine.account(keyOf(mint)))?.decimals ?? null;
}

/**
 * An amount as nodes show it.
 *
 * @param {bigint} amount base units
 * @param {number} decimals
 */
export function uiAmount(amount, decimals) {
  const digits = amount.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const uiAmountString = fraction === '' ? whole : `${whole}.${fraction}`;
  return { amount: amount.toString(), decimals, uiAmount: Number(uiAmountString), uiAmountString };
}

/**
 * The token balances among the accounts of a transaction.
 *
 * @param {import('./roles.mjs').Resolved} accounts
 * @param {import('./engine.mjs').Engine} engine
 * @returns {object[]}
 */
export function tokenBalances({ keys, addresses }, engine) {
  if (!addresses.some(isTokenProgram)) return []; // without a token program no token moves
  const balances = [];
  for (const [accountIndex, key] of keys.entries()) {
    const account = engine.account(key);
    const token = readTokenAccount(account);
    if (token === null) continue;
    const decimals = decimalsOf(token.mint, engine);
    if (decimals === null) continue;
    balances.push({
      accountIndex,
      mint: token.mint,
      owner: token.owner,
      programId: account.owner,
      uiTokenAmount: uiAmount(token.amount, decimals),
    });
  }
  return balances;
}
