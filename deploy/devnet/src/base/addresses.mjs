/** Contracts where Base has them. */
export const WETH = '0x4200000000000000000000000000000000000006';
export const GAS_PRICE_ORACLE = '0x420000000000000000000000000000000000000F';
export const USDC = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913';
export const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11';

/** Chainlink's price feeds in dollars, and its word on whether the sequencer runs. */
export const PRICE_FEEDS = {
  ETH: { address: '0x71041dddad3595F9CEd3DcCFBe3D1F4b0a16Bb70', answer: 3_000n * 10n ** 8n },
  SOL: { address: '0x975043adBb80fc32276CbF9Bbcfd4A601a12462D', answer: 150n * 10n ** 8n },
  USDC: { address: '0x7e860098F58bBFC8648a4311b374B1D669a2bc6B', answer: 10n ** 8n },
};
export const SEQUENCER_UPTIME_FEED = '0xBCF85224fc0756B9Fa45aA7892530B47e10b6433';
