import { encodeBase58 } from './base58.mjs';
import { ASSOCIATED_TOKEN, MEMO, MEMO_V1, SYSTEM, TOKEN, TOKEN_2022 } from './programs.mjs';
import { parseSystemInstruction } from './parsed-system.mjs';
import { parseTokenInstruction } from './parsed-token.mjs';

/**
 * Instructions in words, for the `jsonParsed` encoding. What is not known by name keeps its accounts and data.
 *
 * @param {import('./message.mjs').Instruction} instruction
 * @param {number} stackHeight
 * @param {string[]} addresses of the transaction
 * @param {import('./engine.mjs').Engine} engine
 */
export function parseInstruction({ programIdIndex, accounts: indexes, data }, stackHeight, addresses, engine) {
  const programId = addresses[programIdIndex];
  const accounts = indexes.map((index) => addresses[index]);
  const known = parseKnown(programId, accounts, data, engine);
  if (known !== null) return { ...known, programId, stackHeight };
  return { programId, accounts, data: encodeBase58(data), stackHeight };
}

function parseKnown(programId, accounts, data, engine) {
  try {
    switch (programId) {
      case SYSTEM:
        return named('system', parseSystemInstruction(accounts, data));
      case TOKEN:
        return named('spl-token', parseTokenInstruction(accounts, data, engine));
      case TOKEN_2022:
        return named('spl-token-2022', parseTokenInstruction(accounts, data, engine));
      case ASSOCIATED_TOKEN:
        return named('spl-associated-token-account', parseAssociatedInstruction(accounts, data));
      case MEMO:
      case MEMO_V1:
        return { program: 'spl-memo', parsed: new TextDecoder('utf-8', { fatal: true }).decode(data) };
      default:
        return null;
    }
  } catch (error) {
    // Too little data, or no text: a program may accept it, or has refused it already.
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}

const named = (program, parsed) => (parsed === null ? null : { program, parsed });

function parseAssociatedInstruction(accounts, data) {
  const type = ['create', 'createIdempotent'][data.length === 0 ? 0 : data[0]];
  if (type === undefined || accounts.length < 6) return null;
  const [source, account, wallet, mint, systemProgram, tokenProgram] = accounts;
  return { type, info: { source, account, wallet, mint, systemProgram, tokenProgram } };
}
