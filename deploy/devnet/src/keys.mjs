import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1';
import { keccak_256 } from '@noble/hashes/sha3';
import { encodeBase58 } from './solana/base58.mjs';

/** Who lives on the devnet besides the agent. Alice, Bob and Carol sell things; Mallory is a stranger. */
export const NAMES = ['alice', 'bob', 'carol', 'mallory'];

/** The 32 secret bytes of a devnet name: an Ed25519 seed on Solana, a secp256k1 private key on Base. */
export const secretOf = (name) => createHash('sha256').update(`supercargo devnet ${name}`).digest();

const PKCS8_ED25519_SEED_HEADER = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * @typedef {object} SolanaKey
 * @property {Buffer} publicKey 32 bytes
 * @property {string} address base58
 * @property {(message: Uint8Array) => Buffer} sign
 */

/**
 * @param {string} name
 * @returns {SolanaKey}
 */
export function solanaKey(name) {
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519_SEED_HEADER, secretOf(name)]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  return { publicKey, address: encodeBase58(publicKey), sign: (message) => sign(null, message, privateKey) };
}

/**
 * The Base address of a devnet name, with the EIP-55 checksum.
 *
 * @param {string} name
 */
export function baseAddress(name) {
  const point = secp256k1.getPublicKey(secretOf(name), false);
  return checksumAddress(
    Buffer.from(keccak_256(point.subarray(1)))
      .subarray(-20)
      .toString('hex'),
  );
}

/** @param {string} hex 40 hexadecimal digits, with or without 0x */
export function checksumAddress(hex) {
  const digits = hex.replace(/^0x/i, '').toLowerCase();
  const hash = Buffer.from(keccak_256(Buffer.from(digits, 'ascii'))).toString('hex');
  return `0x${[...digits].map((digit, i) => (parseInt(hash[i], 16) >= 8 ? digit.toUpperCase() : digit)).join('')}`;
}
