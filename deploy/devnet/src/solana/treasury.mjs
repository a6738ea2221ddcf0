import { solanaKey } from '../keys.mjs';
import { composeTransaction } from './compose.mjs';
import { errorText } from './error-texts.mjs';
import * as instructions from './instructions.mjs';
import { SYSTEM, keyOf } from './programs.mjs';
import { readMint, readTokenAccount } from './token-state.mjs';

const INITIAL_LAMPORTS = 500_000_000n * 1_000_000_000n;

/** A grant the treasury cannot make, for a reason the caller can mend. */
export class GrantError extends Error {}

/** Holds the devnet's SOL and mint authority, and gives both away by ordinary transactions. */
export class Treasury {
  #grants = 0;

  /** @param {import('./ledger.mjs').Ledger} ledger */
  constructor(ledger) {
    this.ledger = ledger;
    this.key = solanaKey('treasury');
    this.mintAuthority = solanaKey('mint authority');
    this.initialLamports = INITIAL_LAMPORTS;
    ledger.engine.setAccount(this.key.publicKey, {
      lamports: INITIAL_LAMPORTS,
      data: Buffer.alloc(0),
      owner: keyOf(SYSTEM),
      executable: false,
      rentEpoch: (1n << 64n) - 1n,
    });
  }

  /**
   * @param {string} to
   * @param {bigint} lamports
   */
  grantLamports(to, lamports) {
    const least = this.ledger.engine.rentExemption(0n) - this.ledger.engine.balance(keyOf(to));
    if (lamports < least)
      throw new GrantError(
        `${lamports} lamports leave the account below its rent exemption; it needs at least ${least}`,
      );
    return this.run([instructions.transferLamports({ from: this.key.address, to, lamports })]);
  }

  /**
   * Mints to the associated token account of a wallet, which is created if need be.
   *
   * @param {{owner: string, mint: string, amount: bigint}} grant
   */
  grantTokens({ owner, mint, amount }) {
    const { engine } = this.ledger;
    const mintAccount = engine.account(keyOf(mint));
    const state = readMint(mintAccount);
    if (state === null) throw new GrantError(`${mint} is not a token mint on this devnet`);
    if (state.mintAuthority !== this.mintAuthority.address)
      throw new GrantError(`the faucet is not the mint authority of ${mint}`);
    if (readTokenAccount(engine.account(keyOf(owner))) !== null)
      throw new GrantError(`${owner} is a token account; give the address of its wallet`);
    if (state.supply + amount >= 1n << 64n)
      throw new GrantError(`minting ${amount} would take the supply of ${mint} beyond 64 bits`);
    const program = mintAccount.owner;
    const account = instructions.associatedAccount({ owner, mint, program });
    const create = instructions.createAssociatedAccount({ payer: this.key.address, owner, mint, program });
    const authority = this.mintAuthority.address;
    const mintIt = instructions.mintTo({ program, mint, account, authority, amount });
    const landed = this.run(amount === 0n ? [create] : [create, mintIt], amount === 0n ? [] : [this.mintAuthority]);
    return { landed, account };
  }

  /**
   * Runs instructions paid by the treasury in the open block.
   *
   * @param {import('./compose.mjs').InstructionPlan[]} plans
   * @param {import('../keys.mjs').SolanaKey[]} [signers]
   */
  run(plans, signers = []) {
    this.#grants += 1;
    // The memo tells two equal grants in one slot apart.
    const transaction = composeTransaction({
      signers: [this.key, ...signers],
      instructions: [...plans, instructions.memo(`devnet grant ${this.#grants}`)],
      blockhash: this.ledger.openBlock.blockhash,
    });
    const landed = this.ledger.execute(transaction);
    const error =
      landed === null
        ? this.ledger.engine.simulate(transaction, { verifySignatures: true }).error
        : landed.outcome.error;
    if (error !== null) throw new GrantError(`the chain refused the grant: ${errorText(error)}`);
    return landed;
  }
}
