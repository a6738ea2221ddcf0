import { encodeBase58 } from './base58.mjs';
import { RpcError, invalidParams } from './errors.mjs';
import { readNonceState } from './nonce.mjs';
import { TOKEN } from './programs.mjs';
import { readTable } from './roles.mjs';
import { readExtensions } from './token-extensions.mjs';
import { decimalsOf, readMint, readTokenAccount, uiAmount } from './token-state.mjs';

const RENT_EXEMPT_EPOCH = (1n << 64n) - 1n;
const MAX_BASE58_BYTES = 128;
const ACCOUNT_ENCODINGS = ['binary', 'base58', 'base64', 'base64+zstd', 'jsonParsed'];

/**
 * @typedef {object} AccountFormat
 * @property {string} encoding
 * @property {{offset: number, length: number} | undefined} slice
 */

/**
 * How the client wants accounts.
 *
 * @param {import('./params.mjs').Config} config
 * @returns {AccountFormat}
 */
export function accountFormat(config) {
  const encoding = config.variant('encoding', ACCOUNT_ENCODINGS, 'binary');
  if (encoding === 'base64+zstd')
    throw invalidParams('base64+zstd encoding is not supported by this devnet; use base64');
  const part = config.section('dataSlice');
  if (part === undefined) return { encoding, slice: undefined };
  const bound = (name) => {
    const value = part.integer(name, 0, Number.MAX_SAFE_INTEGER, undefined);
    if (value === undefined) throw invalidParams(`Invalid params: missing field \`${name}\``);
    return value;
  };
  return { encoding, slice: { offset: bound('offset'), length: bound('length') } };
}

/**
 * @param {import('./engine.mjs').Account | null} account
 * @param {AccountFormat} format
 * @param {import('./engine.mjs').Engine} engine
 */
export function accountJson(account, format, engine) {
  if (account === null) return null;
  const { lamports, owner, executable, data } = account;
  return {
    data: dataJson(account, format, engine),
    executable,
    lamports,
    owner,
    rentEpoch: RENT_EXEMPT_EPOCH,
    space: data.length,
  };
}

function dataJson(account, { encoding, slice }, engine) {
  if (encoding === 'jsonParsed') {
    const parsed = parseAccount(account, engine);
    if (parsed !== null) return { ...parsed, space: account.data.length };
  }
  const data = slice === undefined ? account.data : account.data.subarray(slice.offset, slice.offset + slice.length);
  if (encoding !== 'binary' && encoding !== 'base58') return [data.toString('base64'), 'base64'];
  if (data.length > MAX_BASE58_BYTES) {
    throw new RpcError(
      -32600,
      'Encoded binary (base 58) data should be less than 128 bytes, please use Base64 encoding.',
    );
  }
  return encoding === 'binary' ? encodeBase58(data) : [encodeBase58(data), 'base58'];
}

/** @returns {{program: string, parsed: object} | null} null for an account no one taught us to read */
function parseAccount(account, engine) {
  const program = account.owner === TOKEN ? 'spl-token' : 'spl-token-2022';
  const mint = readMint(account);
  if (mint !== null) {
    const info = { ...mint, supply: mint.supply.toString(), ...extensionsOf(account) };
    return { program, parsed: { type: 'mint', info } };
  }
  const token = readTokenAccount(account);
  if (token !== null) return parseTokenAccount(program, account, token, engine);
  const nonce = readNonceState(account);
  if (nonce !== null) {
    const info = {
      authority: nonce.authority,
      blockhash: nonce.nonce,
      feeCalculator: { lamportsPerSignature: nonce.lamportsPerSignature.toString() },
    };
    return { program: 'nonce', parsed: { type: 'initialized', info } };
  }
  const table = readTable(account);
  return table === null ? null : parseTable(table);
}

function parseTokenAccount(program, account, token, engine) {
  const decimals = decimalsOf(token.mint, engine);
  if (decimals === null) return null;
  const info = {
    isNative: token.nativeReserve !== null,
    mint: token.mint,
    owner: token.owner,
    state: token.state,
    tokenAmount: uiAmount(token.amount, decimals),
    ...(token.delegate === null
      ? {}
      : { delegate: token.delegate, delegatedAmount: uiAmount(token.delegatedAmount, decimals) }),
    ...(token.nativeReserve === null ? {} : { rentExemptReserve: uiAmount(token.nativeReserve, decimals) }),
    ...(token.closeAuthority === null ? {} : { closeAuthority: token.closeAuthority }),
    ...extensionsOf(account),
  };
  return { program, parsed: { type: 'account', info } };
}

function extensionsOf(account) {
  const extensions = readExtensions(account);
  return extensions.length === 0 ? {} : { extensions };
}

function parseTable({ deactivationSlot, lastExtendedSlot, lastExtendedSlotStartIndex, authority, entries }) {
  const info = {
    deactivationSlot: deactivationSlot.toString(),
    lastExtendedSlot: lastExtendedSlot.toString(),
    lastExtendedSlotStartIndex,
    ...(authority === null ? {} : { authority }),
    addresses: entries.map(encodeBase58),
  };
  return { program: 'address-lookup-table', parsed: { type: 'lookupTable', info } };
}
