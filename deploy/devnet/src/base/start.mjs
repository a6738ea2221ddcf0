import { NAMES, baseAddress } from '../keys.mjs';
import { LOOPBACK } from '../ports.mjs';
import { CHAIN_ID, startAnvil } from './anvil.mjs';
import { USDC, WETH } from './addresses.mjs';
import { BaseClient, toHex } from './client.mjs';
import { deployContracts, deployerAt } from './contracts.mjs';
import { POOL_FEE, UNISWAP, deployUniswap } from './uniswap.mjs';

const ONE_ETHER = 10n ** 18n;
const TREASURY_WEI = 1_000_000_000n * ONE_ETHER;
const START_WEI = ONE_ETHER / 10n;
/** Base has a block every two seconds. Here a transaction has one at once, and one a second comes without. */
const BLOCK_MS = 1_000;

/**
 * Starts a Base chain with its contracts and wallets.
 *
 * @param {{port: number, onExit: (reason: string) => void}} options port 0 = any free one
 */
export async function startBase({ port, onExit }) {
  const anvil = await startAnvil({ port, onExit });
  try {
    const rpc = `http://${LOOPBACK}:${anvil.port}`;
    const client = new BaseClient(rpc);
    const treasury = baseAddress('treasury');
    await client.call('anvil_setBalance', [treasury, toHex(TREASURY_WEI)]);
    // The node signs for the treasury alone: it is the faucet's account.
    await client.call('anvil_impersonateAccount', [treasury]);
    const deployAt = deployerAt(client, treasury);
    await deployContracts(client, deployAt, treasury);
    const pool = await deployUniswap(client, deployAt, treasury);
    const wallets = Object.fromEntries(NAMES.map((name) => [name, baseAddress(name)]));
    for (const address of Object.values(wallets)) await client.send({ from: treasury, to: address, value: START_WEI });
    const stopBlocks = mineBlocks(client);
    return {
      rpc,
      chainId: CHAIN_ID,
      tokens: { USDC, WETH },
      uniswap: { ...UNISWAP, pool, fee: POOL_FEE },
      wallets,
      client,
      treasury,
      stop() {
        stopBlocks();
        return anvil.stop();
      },
    };
  } catch (error) {
    await anvil.stop();
    throw error;
  }
}

/** Mines from here: with a block time of its own, anvil keeps 1500 states whatever it is told. */
function mineBlocks(client) {
  let busy = false;
  const timer = setInterval(async () => {
    if (busy) return;
    busy = true;
    // A node that does not answer is on its way out, which its process tells.
    await client.call('evm_mine').catch(() => {});
    busy = false;
  }, BLOCK_MS);
  return () => clearInterval(timer);
}
