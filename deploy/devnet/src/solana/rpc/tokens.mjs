import { accountFormat, accountJson } from '../account-json.mjs';
import { invalidParams } from '../errors.mjs';
import { asKey } from '../params.mjs';
import { TOKEN, TOKEN_2022, keyOf } from '../programs.mjs';
import { decimalsOf, isTokenProgram, readMint, readTokenAccount, uiAmount } from '../token-state.mjs';
import { readCommitment, withContext } from './context.mjs';

const LARGEST = 20;

/**
 * @param {import('./context.mjs').Node} node
 * @returns {Record<string, import('./context.mjs').Method>}
 */
export function tokenMethods(node) {
  const { engine } = node;

  const existing = (key) => {
    const account = engine.account(key);
    if (account === null) throw invalidParams('Invalid param: could not find account');
    return account;
  };

  const tokenAccounts = (program) =>
    engine.programAccounts(keyOf(program)).flatMap(({ address, account }) => {
      const token = readTokenAccount(account);
      return token === null ? [] : [{ address, account, token }];
    });

  /** The accounts a filter `{mint}` or `{programId}` speaks of. */
  const selected = (filter) => {
    if (filter.get('mint') !== undefined) {
      const { address: mint, key } = asKey(filter.get('mint'));
      const program = engine.account(key)?.owner;
      if (readMint(engine.account(key)) === null) throw invalidParams('Invalid param: could not find mint');
      return tokenAccounts(program).filter(({ token }) => token.mint === mint);
    }
    const { address: program } = asKey(filter.get('programId'));
    if (!isTokenProgram(program)) throw invalidParams('Invalid param: unrecognized Token program id');
    return tokenAccounts(program);
  };

  const listAccounts = (params, accepts) => {
    const { address } = params.key(0);
    params.at(1);
    const config = params.config(2);
    const format = accountFormat(config);
    const found = selected(params.config(1)).filter(({ token }) => accepts(token, address));
    return withContext(
      node,
      readCommitment(node, config),
      found.map(({ address: pubkey, account }) => ({ pubkey, account: accountJson(account, format, engine) })),
    );
  };

  return {
    getTokenAccountBalance(params) {
      const token = readTokenAccount(existing(params.key(0).key));
      const decimals = token === null ? null : decimalsOf(token.mint, engine);
      if (decimals === null) throw invalidParams('Invalid param: not a Token account');
      return withContext(node, readCommitment(node, params.config(1)), uiAmount(token.amount, decimals));
    },

    getTokenSupply(params) {
      const mint = readMint(existing(params.key(0).key));
      if (mint === null) throw invalidParams('Invalid param: not a Token mint');
      return withContext(node, readCommitment(node, params.config(1)), uiAmount(mint.supply, mint.decimals));
    },

    getTokenLargestAccounts(params) {
      const { address, key } = params.key(0);
      const mintAccount = existing(key);
      const mint = readMint(mintAccount);
      if (mint === null) throw invalidParams('Invalid param: not a Token mint');
      const largest = tokenAccounts(mintAccount.owner === TOKEN ? TOKEN : TOKEN_2022)
        .filter(({ token }) => token.mint === address)
        .sort((a, b) => (a.token.amount < b.token.amount ? 1 : a.token.amount > b.token.amount ? -1 : 0))
        .slice(0, LARGEST)
        .map((entry) => ({ address: entry.address, ...uiAmount(entry.token.amount, mint.decimals) }));
      return withContext(node, readCommitment(node, params.config(1)), largest);
    },

    getTokenAccountsByOwner: (params) => listAccounts(params, (token, owner) => token.owner === owner),
    getTokenAccountsByDelegate: (params) => listAccounts(params, (token, delegate) => token.delegate === delegate),
  };
}
