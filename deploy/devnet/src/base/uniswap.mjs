import { createRequire } from 'node:module';
import { decodeWords, encodeCall, encodeWords } from './abi.mjs';
import { USDC, WETH } from './addresses.mjs';

const ONE_ETHER = 10n ** 18n;
const ONE_USDC = 10n ** 6n;

/** Uniswap v3 where Base has it. */
export const UNISWAP = {
  factory: '0x33128a8fC17869897dcE68Ed026d694621f6FDfD',
  swapRouter02: '0x2626664c2603336E57B271c5C0b26F421741e481',
  quoterV2: '0x3d4e44Eb1374240CE5F1B871ab261CD16335B76a',
  positionManager: '0x03a520b32C04BF3bEEf7BEb72E919cf822Ed34f1',
};

export const POOL_FEE = 500;
const TICK_SPACING = 10;
const HIGHEST_TICK = Math.floor(887_272 / TICK_SPACING) * TICK_SPACING;
const USDC_PER_ETHER = 3_000n;
const POOL_ETHER = 20_000n;
const NEVER = (1n << 64n) - 1n;
const NO_ADDRESS = '0x0000000000000000000000000000000000000000';

const artifact = (path) => createRequire(import.meta.url)(path).bytecode.slice(2);

/**
 * Deploys Uniswap v3 and a deep WETH/USDC pool.
 *
 * @param {import('./client.mjs').BaseClient} client
 * @param {(address: string, creationCode: string) => Promise<void>} deployAt
 * @param {string} owner account that owns the factory and provides the liquidity; has the ether and mints the USDC
 * @returns {Promise<string>} address of the pool
 */
export async function deployUniswap(client, deployAt, owner) {
  const { factory, swapRouter02, quoterV2, positionManager } = UNISWAP;
  await deployAt(factory, artifact('@uniswap/v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json'));
  await deployAt(
    positionManager,
    artifact(
      '@uniswap/v3-periphery/artifacts/contracts/NonfungiblePositionManager.sol/NonfungiblePositionManager.json',
    ) + encodeWords([factory, WETH, NO_ADDRESS]),
  );
  await deployAt(
    swapRouter02,
    artifact('@uniswap/swap-router-contracts/artifacts/contracts/SwapRouter02.sol/SwapRouter02.json') +
      encodeWords([NO_ADDRESS, factory, positionManager, WETH]),
  );
  await deployAt(
    quoterV2,
    artifact('@uniswap/swap-router-contracts/artifacts/contracts/lens/QuoterV2.sol/QuoterV2.json') +
      encodeWords([factory, WETH]),
  );
  return createPool(client, owner);
}

async function createPool(client, owner) {
  const { factory, positionManager } = UNISWAP;
  const send = (to, data, value) => client.send({ from: owner, to, data, value });
  const ether = POOL_ETHER * ONE_ETHER;
  const dollars = POOL_ETHER * USDC_PER_ETHER * ONE_USDC;
  await send(WETH, encodeCall('deposit()'), ether);
  await send(USDC, encodeCall('mint(address,uint256)', [owner, dollars]));
  await send(WETH, encodeCall('approve(address,uint256)', [positionManager, ether]));
  await send(USDC, encodeCall('approve(address,uint256)', [positionManager, dollars]));
  // WETH has the lower address, so the price is in USDC units per wei.
  const root = squareRoot((USDC_PER_ETHER * ONE_USDC * (1n << 192n)) / ONE_ETHER);
  await send(
    positionManager,
    encodeCall('createAndInitializePoolIfNecessary(address,address,uint24,uint160)', [WETH, USDC, POOL_FEE, root]),
  );
  await send(
    positionManager,
    encodeCall('mint((address,address,uint24,int24,int24,uint256,uint256,uint256,uint256,address,uint256))', [
      ...[WETH, USDC, POOL_FEE, -HIGHEST_TICK, HIGHEST_TICK, ether, dollars, 0n, 0n, owner, NEVER],
    ]),
  );
  const [pool] = decodeWords(
    await client.read(factory, encodeCall('getPool(address,address,uint24)', [WETH, USDC, POOL_FEE])),
  );
  return `0x${pool.toString(16).padStart(40, '0')}`;
}

/** The whole part of a square root. */
function squareRoot(value) {
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
