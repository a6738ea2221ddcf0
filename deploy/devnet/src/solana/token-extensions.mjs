import { encodeBase58 } from './base58.mjs';
import { TOKEN_2022 } from './programs.mjs';

/** Reads the extensions behind a Token-2022 mint or account, in the JSON form nodes give them. */

const FIRST_EXTENSION = 166;
const STATES = ['uninitialized', 'initialized', 'frozen'];

const optionalKey = (data, offset) => {
  const key = data.subarray(offset, offset + 32);
  return key.every((byte) => byte === 0) ? null : encodeBase58(key);
};

const transferFee = (data, offset) => ({
  epoch: data.readBigUInt64LE(offset),
  maximumFee: data.readBigUInt64LE(offset + 8),
  transferFeeBasisPoints: data.readUInt16LE(offset + 16),
});

/** By extension type; those that are only a mark have no state. */
const READERS = new Map([
  [
    1,
    [
      'transferFeeConfig',
      108,
      (data) => ({
        transferFeeConfigAuthority: optionalKey(data, 0),
        withdrawWithheldAuthority: optionalKey(data, 32),
        withheldAmount: data.readBigUInt64LE(64),
        olderTransferFee: transferFee(data, 72),
        newerTransferFee: transferFee(data, 90),
      }),
    ],
  ],
  [2, ['transferFeeAmount', 8, (data) => ({ withheldAmount: data.readBigUInt64LE(0) })]],
  [3, ['mintCloseAuthority', 32, (data) => ({ closeAuthority: optionalKey(data, 0) })]],
  [6, ['defaultAccountState', 1, (data) => ({ accountState: STATES[data[0]] ?? 'uninitialized' })]],
  [7, ['immutableOwner', 0, null]],
  [8, ['memoTransfer', 1, (data) => ({ requireIncomingTransferMemos: data[0] === 1 })]],
  [9, ['nonTransferable', 0, null]],
  [11, ['cpiGuard', 1, (data) => ({ lockCpi: data[0] === 1 })]],
  [12, ['permanentDelegate', 32, (data) => ({ delegate: optionalKey(data, 0) })]],
  [13, ['nonTransferableAccount', 0, null]],
  [14, ['transferHook', 64, (data) => ({ authority: optionalKey(data, 0), programId: optionalKey(data, 32) })]],
  [
    18,
    ['metadataPointer', 64, (data) => ({ authority: optionalKey(data, 0), metadataAddress: optionalKey(data, 32) })],
  ],
  [19, ['tokenMetadata', 64, tokenMetadata]],
]);

/**
 * @param {import('./engine.mjs').Account} account
 * @returns {object[]}
 */
export function readExtensions({ owner, data }) {
  const extensions = [];
  if (owner !== TOKEN_2022) return extensions;
  for (let at = FIRST_EXTENSION; at + 4 <= data.length;) {
    const type = data.readUInt16LE(at);
    const length = data.readUInt16LE(at + 2);
    if (type === 0 || at + 4 + length > data.length) break;
    extensions.push(readExtension(type, data.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return extensions;
}

function readExtension(type, data) {
  const reader = READERS.get(type);
  if (reader === undefined || data.length < reader[1]) return { extension: 'unparseableExtension' };
  const [extension, , read] = reader;
  if (read === null) return { extension };
  const state = read(data);
  return state === null ? { extension: 'unparseableExtension' } : { extension, state };
}

function tokenMetadata(data) {
  let at = 64;
  let valid = true;
  const length = () => {
    if (at + 4 > data.length) valid = false;
    const value = valid ? data.readUInt32LE(at) : 0;
    at += 4;
    return value;
  };
  const text = () => {
    const bytes = length();
    if (at + bytes > data.length) valid = false;
    at += bytes;
    return valid ? data.toString('utf8', at - bytes, at) : '';
  };
  const state = {
    updateAuthority: optionalKey(data, 0),
    mint: encodeBase58(data.subarray(32, 64)),
    name: text(),
    symbol: text(),
    uri: text(),
  };
  const additionalMetadata = [];
  for (let left = length(); left > 0 && valid; left -= 1) additionalMetadata.push([text(), text()]);
  return valid ? { ...state, additionalMetadata } : null;
}
