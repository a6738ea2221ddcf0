import { decodeBase58, decodeKey } from './base58.mjs';
import { RpcError, invalidParams } from './errors.mjs';

/** Checked access to what a client sent. Every getter either returns a valid value or throws an RPC error. */

const COMMITMENTS = new Map([
  ['processed', 'processed'],
  ['confirmed', 'confirmed'],
  ['finalized', 'finalized'],
  // names of old clients
  ['recent', 'processed'],
  ['single', 'confirmed'],
  ['singleGossip', 'confirmed'],
  ['root', 'finalized'],
  ['max', 'finalized'],
]);

/** Decoding takes time in the square of the length. */
const MAX_BASE58_TEXT = 4096;
const U64_MAX = (1n << 64n) - 1n;

export class Params {
  #values;

  /** @param {any} values the `params` member of a request */
  constructor(values) {
    if (values !== undefined && values !== null && !Array.isArray(values))
      throw invalidParams('Invalid params: expected an array');
    this.#values = values ?? [];
  }

  /** @param {number} index */
  at(index) {
    const value = this.#values[index];
    if (value === undefined || value === null)
      throw invalidParams(`\`params\` should have at least ${index + 1} argument(s)`);
    return value;
  }

  string(index) {
    return asString(this.at(index), `argument ${index + 1}`);
  }

  /** @returns {{address: string, key: Buffer}} */
  key(index) {
    return asKey(this.at(index));
  }

  /** @returns {bigint} */
  u64(index) {
    return asU64(this.at(index), `argument ${index + 1}`);
  }

  /** A whole number within limits; `fallback` where it is absent. */
  integer(index, min, max, fallback) {
    const value = this.#values[index] ?? fallback;
    return value === undefined
      ? asInteger(this.at(index), min, max, `argument ${index + 1}`)
      : asInteger(value, min, max, `argument ${index + 1}`);
  }

  /** @returns {any[]} */
  array(index, max) {
    return asArray(this.at(index), max, `argument ${index + 1}`);
  }

  /** The optional configuration object. */
  config(index) {
    return new Config(this.#values[index]);
  }

  has(index) {
    return this.#values[index] !== undefined && this.#values[index] !== null;
  }
}

/** The members of a configuration object; absent ones take their default. */
export class Config {
  #members;

  constructor(members) {
    if (members !== undefined && members !== null && (typeof members !== 'object' || Array.isArray(members))) {
      throw invalidParams('Invalid params: expected a configuration object');
    }
    this.#members = members ?? {};
  }

  /** @param {string} name */
  get(name) {
    const own = Object.hasOwn(this.#members, name);
    return own ? (this.#members[name] ?? undefined) : undefined;
  }

  flag(name) {
    const value = this.get(name);
    if (value !== undefined && typeof value !== 'boolean')
      throw invalidParams(`Invalid params: ${name} must be a boolean`);
    return value ?? false;
  }

  /**
   * @param {string} name
   * @param {string[]} variants
   * @param {string} fallback
   */
  variant(name, variants, fallback) {
    const value = this.get(name) ?? fallback;
    if (!variants.includes(value)) throw unknownVariant(value, variants);
    return value;
  }

  integer(name, min, max, fallback) {
    const value = this.get(name);
    return value === undefined ? fallback : asInteger(value, min, max, name);
  }

  section(name) {
    const value = this.get(name);
    return value === undefined ? undefined : new Config(value);
  }

  /**
   * @param {import('./ledger.mjs').Commitment} [fallback]
   * @param {string} [name]
   * @returns {import('./ledger.mjs').Commitment}
   */
  commitment(fallback = 'finalized', name = 'commitment') {
    const value = this.get(name);
    if (value === undefined) return fallback;
    const commitment = COMMITMENTS.get(value);
    if (commitment === undefined) throw unknownVariant(value, ['processed', 'confirmed', 'finalized']);
    return commitment;
  }
}

function unknownVariant(value, variants) {
  const given = typeof value === 'string' ? value.slice(0, 60) : typeof value;
  const expected = variants.map((name) => `\`${name}\``).join(', ');
  return invalidParams(`Invalid params: unknown variant \`${given}\`, expected one of ${expected}.`);
}

export function asString(value, what) {
  if (typeof value !== 'string') throw invalidParams(`Invalid params: ${what} must be a string`);
  return value;
}

/** @returns {{address: string, key: Buffer}} */
export function asKey(value) {
  const address = asString(value, 'an address');
  const key = decodeKey(address);
  if (key !== null) return { address, key };
  throw invalidParams(
    address.length <= 64 && decodeBase58(address) !== null ? 'Invalid param: WrongSize' : 'Invalid param: Invalid',
  );
}

/** @returns {bigint} */
export function asU64(value, what) {
  const integer = typeof value === 'bigint' ? value : Number.isSafeInteger(value) ? BigInt(value) : -1n;
  if (integer < 0n || integer > U64_MAX)
    throw invalidParams(`Invalid params: ${what} must be an unsigned 64-bit integer`);
  return integer;
}

function asInteger(value, min, max, what) {
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    throw invalidParams(`Invalid params: ${what} must be a whole number from ${min} to ${max}`);
  }
  return value;
}

export function asArray(value, max, what) {
  if (!Array.isArray(value)) throw invalidParams(`Invalid params: ${what} must be an array`);
  if (value.length > max) throw invalidParams(`Too many inputs provided; max ${max}`);
  return value;
}

/**
 * Bytes of a base58 or base64 text.
 *
 * @param {string} text
 * @param {'base58' | 'base64'} encoding
 */
export function decodeBytes(text, encoding) {
  if (encoding === 'base58') {
    const bytes = text.length <= MAX_BASE58_TEXT ? decodeBase58(text) : null;
    if (bytes === null) throw invalidParams('invalid base58 encoding');
    return bytes;
  }
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text))
    throw invalidParams('invalid base64 encoding');
  return Buffer.from(text, 'base64');
}

/**
 * Refuses to answer from a state older than the client has seen.
 *
 * @param {Config} config
 * @param {import('./ledger.mjs').Ledger} ledger
 * @param {import('./ledger.mjs').Commitment} commitment
 */
export function checkContextSlot(config, ledger, commitment) {
  const least = config.get('minContextSlot');
  if (least === undefined) return;
  const slot = ledger.slotAt(commitment);
  if (asU64(least, 'minContextSlot') > BigInt(slot)) {
    throw new RpcError(-32016, 'Minimum context slot has not been reached', { contextSlot: slot });
  }
}
