import { encodeCall, encodeWords } from './abi.mjs';
import { GAS_PRICE_ORACLE, MULTICALL3, PRICE_FEEDS, SEQUENCER_UPTIME_FEED, USDC, WETH } from './addresses.mjs';
import { compileContracts } from './compile.mjs';

const ALL = (1n << 256n) - 1n;

/**
 * Puts a contract at an address of choice: its creation code is placed there and run as that account, so that storage,
 * `address(this)` and immutables come out as if it had been created there; what it returns becomes the account's code.
 *
 * @param {import('./client.mjs').BaseClient} client
 * @param {string} deployer
 */
export const deployerAt = (client, deployer) => async (address, creationCode) => {
  await client.call('anvil_setCode', [address, `0x${creationCode}`]);
  const code = await client.read(address, '0x', { from: deployer });
  await client.send({ from: deployer, to: address });
  await client.call('anvil_setCode', [address, code]);
};

/**
 * Deploys the devnet's own contracts.
 *
 * @param {import('./client.mjs').BaseClient} client
 * @param {(address: string, creationCode: string) => Promise<void>} deployAt
 * @param {string} minter may mint USDC without limit
 */
export async function deployContracts(client, deployAt, minter) {
  const code = await compileContracts();
  await deployAt(WETH, code.WrappedEther);
  await deployAt(USDC, code.UsdCoin + encodeWords([minter]));
  await deployAt(GAS_PRICE_ORACLE, code.GasPriceOracle);
  await deployAt(MULTICALL3, code.Multicall3);
  for (const { address, answer } of Object.values(PRICE_FEEDS)) await deployAt(address, code.PriceFeed + encodeWords([answer]));
  await deployAt(SEQUENCER_UPTIME_FEED, code.SequencerUptimeFeed);
  await client.send({ from: minter, to: USDC, data: encodeCall('configureMinter(address,uint256)', [minter, ALL]) });
}
