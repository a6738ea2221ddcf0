import { decodeKey } from './base58.mjs';
import { parseTransaction } from './message.mjs';
import { keyOf } from './programs.mjs';

/**
 * Builds the devnet's own transactions: legacy messages, signed by devnet keys.
 *
 * @typedef {object} AccountUse
 * @property {string} address
 * @property {boolean} signer
 * @property {boolean} writable
 *
 * @typedef {object} InstructionPlan
 * @property {string} program
 * @property {AccountUse[]} accounts
 * @property {Buffer} data
 */

export const reads = (address) => ({ address, signer: false, writable: false });
export const writes = (address) => ({ address, signer: false, writable: true });
export const signs = (address) => ({ address, signer: true, writable: false });
export const signsAndWrites = (address) => ({ address, signer: true, writable: true });

/**
 * @param {object} plan
 * @param {import('../keys.mjs').SolanaKey[]} plan.signers the first pays
 * @param {InstructionPlan[]} plan.instructions
 * @param {string} plan.blockhash
 * @returns {import('./message.mjs').Transaction}
 */
export function composeTransaction({ signers, instructions, blockhash }) {
  const uses = mergeUses(signers[0].address, instructions);
  const order = ({ signer, writable }) => (signer ? 0 : 2) + (writable ? 0 : 1);
  const [payer, ...others] = uses;
  const ordered = [payer, ...others.sort((a, b) => order(a) - order(b))];
  const indexOf = new Map(ordered.map(({ address }, index) => [address, index]));
  const count = (test) => ordered.filter(test).length;
  const message = Buffer.concat([
    Buffer.from([
      count((use) => use.signer),
      count((use) => use.signer && !use.writable),
      count((use) => !use.signer && !use.writable),
    ]),
    list(ordered.map(({ address }) => keyOf(address))),
    decodeKey(blockhash),
    list(
      instructions.map(({ program, accounts, data }) =>
        Buffer.concat([
          Buffer.from([indexOf.get(program)]),
          list(accounts.map(({ address }) => Buffer.from([indexOf.get(address)]))),
          compactLength(data.length),
          data,
        ]),
      ),
    ),
  ]);
  const keyByAddress = new Map(signers.map((signer) => [signer.address, signer]));
  const signatures = ordered.filter((use) => use.signer).map(({ address }) => keyByAddress.get(address).sign(message));
  return parseTransaction(Buffer.concat([list(signatures), message]));
}

/** One entry per address with the strongest rights anyone asks for, the payer first. */
function mergeUses(payer, instructions) {
  /** @type {Map<string, AccountUse>} */
  const uses = new Map([[payer, signsAndWrites(payer)]]);
  for (const { program, accounts } of instructions) {
    for (const { address, signer, writable } of [...accounts, reads(program)]) {
      const known = uses.get(address);
      uses.set(address, { address, signer: signer || !!known?.signer, writable: writable || !!known?.writable });
    }
  }
  return [...uses.values()];
}

function compactLength(length) {
  const bytes = [];
  for (let rest = length; ; rest >>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}

const list = (items) => Buffer.concat([compactLength(items.length), ...items]);
