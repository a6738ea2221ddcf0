import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519';
import { encodeBase58 } from './base58.mjs';
import { reads, signs, signsAndWrites, writes } from './compose.mjs';
import { ASSOCIATED_TOKEN, MEMO, SYSTEM, TOKEN_2022, keyOf } from './programs.mjs';

/** The instructions the devnet itself sends. */

const u64 = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
};
const u32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const text = (value) => Buffer.concat([u32(Buffer.byteLength(value)), Buffer.from(value)]);

export const transferLamports = ({ from, to, lamports }) => ({
  program: SYSTEM,
  accounts: [signsAndWrites(from), writes(to)],
  data: Buffer.concat([u32(2), u64(lamports)]),
});

export const createAccount = ({ payer, account, lamports, space, owner }) => ({
  program: SYSTEM,
  accounts: [signsAndWrites(payer), signsAndWrites(account)],
  data: Buffer.concat([u32(0), u64(lamports), u64(space), keyOf(owner)]),
});

export const memo = (content) => ({ program: MEMO, accounts: [], data: Buffer.from(content) });

export const initializeMint = ({ program, mint, decimals, authority }) => ({
  program,
  accounts: [writes(mint)],
  data: Buffer.concat([Buffer.from([20, decimals]), keyOf(authority), Buffer.from([0])]),
});

export const initializeMetadataPointer = ({ mint, authority, metadata }) => ({
  program: TOKEN_2022,
  accounts: [writes(mint)],
  data: Buffer.concat([Buffer.from([39, 0]), keyOf(authority), keyOf(metadata)]),
});

const INITIALIZE_METADATA = createHash('sha256')
  .update('spl_token_metadata_interface:initialize_account')
  .digest()
  .subarray(0, 8);

export const initializeMetadata = ({ mint, authority, name, symbol, uri }) => ({
  program: TOKEN_2022,
  accounts: [writes(mint), reads(authority), reads(mint), signs(authority)],
  data: Buffer.concat([INITIALIZE_METADATA, text(name), text(symbol), text(uri)]),
});

export const mintTo = ({ program, mint, account, authority, amount }) => ({
  program,
  accounts: [writes(mint), writes(account), signs(authority)],
  data: Buffer.concat([Buffer.from([7]), u64(amount)]),
});

/** Creates the associated token account unless it exists. */
export const createAssociatedAccount = ({ payer, owner, mint, program }) => ({
  program: ASSOCIATED_TOKEN,
  accounts: [
    signsAndWrites(payer),
    writes(associatedAccount({ owner, mint, program })),
    reads(owner),
    reads(mint),
    reads(SYSTEM),
    reads(program),
  ],
  data: Buffer.from([1]),
});

/**
 * The address where a wallet keeps a token.
 *
 * @param {{owner: string, mint: string, program: string}} of
 */
export function associatedAccount({ owner, mint, program }) {
  return programAddress([keyOf(owner), keyOf(program), keyOf(mint)], ASSOCIATED_TOKEN);
}

/** The first address off the curve, so that no one holds a key to it. */
function programAddress(seeds, program) {
  for (let bump = 255; bump >= 0; bump -= 1) {
    const hash = createHash('sha256');
    for (const seed of [...seeds, Buffer.from([bump]), keyOf(program), Buffer.from('ProgramDerivedAddress')])
      hash.update(seed);
    const address = hash.digest();
    if (!onCurve(address)) return encodeBase58(address);
  }
  throw new Error('no program address exists for these seeds');
}

function onCurve(bytes) {
  try {
    ed25519.ExtendedPoint.fromHex(bytes);
    return true;
  } catch {
    return false;
  }
}
