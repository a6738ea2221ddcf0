import { encodeBase58 } from './base58.mjs';
import { ADDRESS_LOOKUP_TABLE, BPF_LOADER_UPGRADEABLE, isReserved } from './programs.mjs';

/**
 * What each account of a message is to it. Indexes run over the static keys, then the writable, then the read-only keys
 * loaded from address lookup tables.
 */

const TABLE_HEADER_BYTES = 56;
const TABLE_DISCRIMINATOR = 1;

/**
 * @param {import('./message.mjs').Message} message
 * @param {number} index
 */
export const isSigner = (message, index) => index < message.header.numRequiredSignatures;

/**
 * Whether the message asks to write the account, by its header and lookups alone.
 *
 * @param {import('./message.mjs').Message} message
 * @param {number} index
 */
export function isWritable({ header, keys, lookups }, index) {
  const { numRequiredSignatures, numReadonlySignedAccounts, numReadonlyUnsignedAccounts } = header;
  if (index < numRequiredSignatures) return index < numRequiredSignatures - numReadonlySignedAccounts;
  if (index < keys.length) return index < keys.length - numReadonlyUnsignedAccounts;
  return index - keys.length < lookups.reduce((sum, { writable }) => sum + writable.length, 0);
}

/**
 * @typedef {object} Resolved
 * @property {string[]} addresses static, loaded writable, loaded read-only
 * @property {Buffer[]} keys the same as bytes
 * @property {string[]} loadedWritable
 * @property {string[]} loadedReadonly
 */

/**
 * All accounts of a message, lookup tables read.
 *
 * @param {import('./message.mjs').Message} message
 * @param {import('./engine.mjs').Engine} engine
 * @returns {Resolved | null} null where a table or an entry does not exist
 */
export function resolveAccounts(message, engine) {
  const writable = [];
  const readonly = [];
  for (const lookup of message.lookups) {
    const entries = readTable(engine.account(lookup.table))?.entries;
    if (entries === undefined) return null;
    for (const index of lookup.writable) writable.push(entries[index]);
    for (const index of lookup.readonly) readonly.push(entries[index]);
  }
  const keys = [...message.keys, ...writable, ...readonly];
  if (keys.includes(undefined)) return null;
  return {
    keys,
    addresses: keys.map(encodeBase58),
    loadedWritable: writable.map(encodeBase58),
    loadedReadonly: readonly.map(encodeBase58),
  };
}

/**
 * @param {import('./engine.mjs').Account | null} account
 */
export function readTable(account) {
  if (account === null || account.owner !== ADDRESS_LOOKUP_TABLE) return null;
  const { data } = account;
  if (data.length < TABLE_HEADER_BYTES || data.readUInt32LE(0) !== TABLE_DISCRIMINATOR) return null;
  const entries = [];
  for (let at = TABLE_HEADER_BYTES; at + 32 <= data.length; at += 32) entries.push(data.subarray(at, at + 32));
  return {
    deactivationSlot: data.readBigUInt64LE(4),
    lastExtendedSlot: data.readBigUInt64LE(12),
    lastExtendedSlotStartIndex: data[20],
    authority: data[21] === 1 ? encodeBase58(data.subarray(22, 54)) : null,
    entries,
  };
}

/**
 * The addresses a transaction gets to write: what it asks for, without reserved keys and called programs.
 *
 * @param {import('./message.mjs').Message} message
 * @param {string[]} addresses
 */
export function writableAddresses(message, addresses) {
  const called = new Set(message.instructions.map(({ programIdIndex }) => programIdIndex));
  const upgradesPrograms = addresses.includes(BPF_LOADER_UPGRADEABLE);
  return addresses.filter(
    (address, index) => isWritable(message, index) && !isReserved(address) && (upgradesPrograms || !called.has(index)),
  );
}
