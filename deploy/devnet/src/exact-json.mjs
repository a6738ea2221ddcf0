import { randomUUID } from 'node:crypto';

/**
 * JSON with exact integers. Solana amounts are u64; `JSON.parse` and `JSON.stringify` would round them above 2^53.
 */

const LONG_INTEGER_OR_STRING = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;
const MAY_HOLD_LONG_INTEGER = /\d{16}/;

/** Marks a rewritten integer. Random, so that no text can hold it by design. */
const MARK = `${randomUUID()}:`;

/**
 * Parses JSON; an integer too long for a double becomes a bigint.
 *
 * @param {string} text
 * @returns {any}
 */
export function parseExact(text) {
  const plain = JSON.parse(text); // refuses malformed text before any of it is rewritten
  if (!MAY_HOLD_LONG_INTEGER.test(text)) return plain;
  const marked = text.replace(LONG_INTEGER_OR_STRING, (token) => (token[0] === '"' ? token : `"${MARK}${token}"`));
  return JSON.parse(marked, (_key, value) => {
    if (typeof value !== 'string' || !value.startsWith(MARK)) return value;
    const integer = BigInt(value.slice(MARK.length));
    const asNumber = Number(integer);
    return Number.isSafeInteger(asNumber) ? asNumber : integer;
  });
}

/**
 * Writes JSON; a bigint becomes an integer literal. Undefined members are left out, as in `JSON.stringify`.
 *
 * @param {any} value
 * @returns {string}
 */
export function encodeExact(value) {
  switch (typeof value) {
    case 'bigint':
      return value.toString();
    case 'string':
    case 'number':
    case 'boolean':
      return JSON.stringify(value);
    case 'object':
      break;
    default:
      return 'null';
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(encodeExact).join(',')}]`;
  const members = [];
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${encodeExact(member)}`);
  }
  return `{${members.join(',')}}`;
}
