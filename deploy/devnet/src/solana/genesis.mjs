import { NAMES, solanaKey } from '../keys.mjs';
import * as instructions from './instructions.mjs';
import { TOKEN, TOKEN_2022, keyOf } from './programs.mjs';
import { MINT_BYTES } from './token-state.mjs';

/** USDC where mainnet has it. */
export const USDC = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v';
/** A Token-2022 token of the devnet's own. */
export const CARGO = solanaKey('cargo mint').address;

const USDC_DECIMALS = 6;
const CARGO_DECIMALS = 9;
const START_LAMPORTS = 1_000_000_000n;
const MINT_WITH_POINTER_BYTES = 234n;
const METADATA_BYTES = 256n;

/**
 * Creates the tokens and the named wallets.
 *
 * @param {import('./treasury.mjs').Treasury} treasury
 * @returns {Record<string, string>} address by name
 */
export function createGenesis(treasury) {
  placeUsdcMint(treasury);
  createCargoMint(treasury);
  const wallets = Object.fromEntries(NAMES.map((name) => [name, solanaKey(name).address]));
  for (const address of Object.values(wallets)) treasury.grantLamports(address, START_LAMPORTS);
  // Bob has no USDC account on purpose: whoever pays him first has to create it.
  treasury.grantTokens({ owner: wallets.alice, mint: USDC, amount: 0n });
  return wallets;
}

/** No one here holds the key of the real mint's address, so the account is placed. */
function placeUsdcMint({ ledger: { engine }, mintAuthority }) {
  const data = Buffer.alloc(MINT_BYTES);
  data.writeUInt32LE(1, 0);
  mintAuthority.publicKey.copy(data, 4);
  data[44] = USDC_DECIMALS;
  data[45] = 1;
  engine.setAccount(keyOf(USDC), {
    lamports: engine.rentExemption(BigInt(MINT_BYTES)),
    data,
    owner: keyOf(TOKEN),
    executable: false,
    rentEpoch: (1n << 64n) - 1n,
  });
}

function createCargoMint(treasury) {
  const key = solanaKey('cargo mint');
  const authority = treasury.mintAuthority.address;
  const mint = key.address;
  const lamports = treasury.ledger.engine.rentExemption(MINT_WITH_POINTER_BYTES + METADATA_BYTES);
  treasury.run(
    [
      instructions.createAccount({
        payer: treasury.key.address,
        account: mint,
        lamports,
        space: MINT_WITH_POINTER_BYTES,
        owner: TOKEN_2022,
      }),
      instructions.initializeMetadataPointer({ mint, authority, metadata: mint }),
      instructions.initializeMint({ program: TOKEN_2022, mint, decimals: CARGO_DECIMALS, authority }),
      instructions.initializeMetadata({ mint, authority, name: 'Cargo', symbol: 'CARGO', uri: '' }),
    ],
    [key, treasury.mintAuthority],
  );
}
