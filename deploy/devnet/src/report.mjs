import { NAMES } from './keys.mjs';

/**
 * What a client needs to know of a running devnet: the ready line, and the faucet's /info.
 *
 * @param {object} running
 */
export function describe({ solana, base, faucetUrl }) {
  const names = Object.fromEntries(
    NAMES.map((name) => [name, { solana: solana.wallets[name], base: base.wallets[name] }]),
  );
  return {
    ready: true,
    solana: { rpc: solana.rpc, ws: solana.ws, genesis: solana.genesis },
    base: { rpc: base.rpc, chainId: base.chainId },
    faucet: faucetUrl,
    names,
    tokens: { solana: solana.tokens, base: base.tokens },
    uniswap: base.uniswap,
  };
}

/**
 * The same for people.
 *
 * @param {ReturnType<typeof describe>} description
 * @param {number} milliseconds it took
 */
export function readableReport({ solana, base, faucet, names, tokens, uniswap }, milliseconds) {
  const rows = (entries, width) => entries.map(([name, value]) => `  ${name.padEnd(width)}${value}`);
  return [
    `The devnet is ready after ${(milliseconds / 1000).toFixed(1)} s. Stop it with Ctrl-C; nothing is kept.`,
    '',
    ...rows(
      [
        ['Solana', solana.rpc],
        ['', `${solana.ws}  (WebSocket)`],
        ['Base', `${base.rpc}  (chain ${base.chainId})`],
        ['Faucet', faucet],
      ],
      10,
    ),
    '',
    'Tokens',
    ...rows(Object.entries(tokens.solana), 10).map((row) => `${row}  on Solana`),
    ...rows(Object.entries(tokens.base), 10).map((row) => `${row}  on Base`),
    ...rows([['Pool', `${uniswap.pool}  WETH/USDC, Uniswap v3, fee ${uniswap.fee / 10_000} %`]], 10),
    '',
    'Names',
    ...Object.entries(names).map(
      ([name, address]) => `  ${name.padEnd(10)}${address.solana.padEnd(46)}${address.base}`,
    ),
    '',
  ].join('\n');
}
