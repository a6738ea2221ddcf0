import { keccak_256 } from '@noble/hashes/sha3';

/**
 * Calls whose arguments all have a fixed size: whole numbers, addresses and booleans. The devnet itself sends no others.
 *
 * @param {string} signature such as `transfer(address,uint256)`
 * @param {(string | bigint | number | boolean)[]} [args]
 * @returns {string} call data
 */
export function encodeCall(signature, args = []) {
  const selector = Buffer.from(keccak_256(signature)).subarray(0, 4).toString('hex');
  return `0x${selector}${encodeWords(args)}`;
}

/** @param {(string | bigint | number | boolean)[]} args */
export const encodeWords = (args) => args.map(word).join('');

function word(value) {
  if (typeof value === 'string') return value.replace(/^0x/, '').toLowerCase().padStart(64, '0');
  return BigInt.asUintN(256, BigInt(value)).toString(16).padStart(64, '0');
}

/**
 * The words of a reply.
 *
 * @param {string} hex
 * @returns {bigint[]}
 */
export const decodeWords = (hex) => (hex.slice(2).match(/.{64}/g) ?? []).map((digits) => BigInt(`0x${digits}`));
