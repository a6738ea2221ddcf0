import { encodeBase58 } from './base58.mjs';
import { BUILTIN_PROGRAMS, COMPUTE_BUDGET, SIGNATURE_PRECOMPILES } from './programs.mjs';

const LAMPORTS_PER_SIGNATURE = 5000n;
const BUILTIN_UNITS = 3_000;
const PROGRAM_UNITS = 200_000;
const MAX_UNITS = 1_400_000;
const MICRO_LAMPORTS = 1_000_000n;
const SET_COMPUTE_UNIT_LIMIT = 2;
const SET_COMPUTE_UNIT_PRICE = 3;

/**
 * What a message asks of the compute budget.
 *
 * @param {import('./message.mjs').Message} message
 * @returns {{unitLimit: number, unitPrice: bigint}} price in micro-lamports per compute unit
 */
export function computeBudget(message) {
  let limit = null;
  let unitPrice = 0n;
  let defaultUnits = 0;
  for (const { programIdIndex, data } of message.instructions) {
    const program = programIdIndex < message.keys.length ? encodeBase58(message.keys[programIdIndex]) : '';
    defaultUnits += BUILTIN_PROGRAMS.has(program) ? BUILTIN_UNITS : PROGRAM_UNITS;
    if (program !== COMPUTE_BUDGET) continue;
    if (data[0] === SET_COMPUTE_UNIT_LIMIT && data.length >= 5) limit = data.readUInt32LE(1);
    if (data[0] === SET_COMPUTE_UNIT_PRICE && data.length >= 9) unitPrice = data.readBigUInt64LE(1);
  }
  return { unitLimit: Math.min(limit ?? defaultUnits, MAX_UNITS), unitPrice };
}

/**
 * The fee of a message in lamports: signatures, precompile signatures and priority.
 *
 * @param {import('./message.mjs').Message} message
 * @returns {bigint}
 */
export function feeOf(message) {
  let signatures = BigInt(message.header.numRequiredSignatures);
  for (const { programIdIndex, data } of message.instructions) {
    const program = programIdIndex < message.keys.length ? encodeBase58(message.keys[programIdIndex]) : '';
    if (SIGNATURE_PRECOMPILES.has(program) && data.length > 0) signatures += BigInt(data[0]);
  }
  const { unitLimit, unitPrice } = computeBudget(message);
  return signatures * LAMPORTS_PER_SIGNATURE + (unitPrice * BigInt(unitLimit) + MICRO_LAMPORTS - 1n) / MICRO_LAMPORTS;
}
