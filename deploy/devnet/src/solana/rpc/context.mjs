import { checkContextSlot } from '../params.mjs';

export const API_VERSION = '3.1.0';

/**
 * What the RPC methods work on.
 *
 * @typedef {object} Node
 * @property {import('../engine.mjs').Engine} engine
 * @property {import('../ledger.mjs').Ledger} ledger
 * @property {import('../treasury.mjs').Treasury} treasury
 * @property {{drops: number, lostReplies: number}} faults how many of the next transactions, or replies to them, get lost
 * @property {string} identity
 *
 * @typedef {(params: import('../params.mjs').Params) => any} Method
 */

/**
 * The commitment a client asks for, after the check that this node is recent enough for it.
 *
 * @param {Node} node
 * @param {import('../params.mjs').Config} config
 */
export function readCommitment({ ledger }, config) {
  const commitment = config.commitment();
  checkContextSlot(config, ledger, commitment);
  return commitment;
}

/**
 * A value with the slot it was read at.
 *
 * @param {Node} node
 * @param {import('../ledger.mjs').Commitment} commitment
 * @param {any} value
 */
export const withContext = ({ ledger }, commitment, value) => ({
  context: { apiVersion: API_VERSION, slot: ledger.slotAt(commitment) },
  value,
});
