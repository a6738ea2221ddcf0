import { decodeKey } from './base58.mjs';

/** Addresses of programs and sysvars, base58. */
export const SYSTEM = '11111111111111111111111111111111';
export const TOKEN = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
export const TOKEN_2022 = 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb';
export const ASSOCIATED_TOKEN = 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL';
export const MEMO = 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr';
export const MEMO_V1 = 'Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo';
export const COMPUTE_BUDGET = 'ComputeBudget111111111111111111111111111111';
export const ADDRESS_LOOKUP_TABLE = 'AddressLookupTab1e1111111111111111111111111';
export const NATIVE_MINT = 'So11111111111111111111111111111111111111112';
const BPF_LOADER = 'BPFLoader2111111111111111111111111111111111';
export const BPF_LOADER_UPGRADEABLE = 'BPFLoaderUpgradeab1e11111111111111111111111';
const SYSVAR_OWNER = 'Sysvar1111111111111111111111111111111111111';
export const RECENT_BLOCKHASHES = 'SysvarRecentB1ockHashes11111111111111111111';
const NATIVE_LOADER = 'NativeLoader1111111111111111111111111111111';

/** Precompiled signature checks: every signature they verify is paid for like one of the transaction's own. */
export const SIGNATURE_PRECOMPILES = new Set([
  'Ed25519SigVerify111111111111111111111111111',
  'KeccakSecp256k11111111111111111111111111111',
  'Secp256r1SigVerify1111111111111111111111111',
]);

/** Programs that are part of the node; their default compute allowance is small. */
export const BUILTIN_PROGRAMS = new Set([
  SYSTEM,
  COMPUTE_BUDGET,
  'Vote111111111111111111111111111111111111111',
  'BPFLoader1111111111111111111111111111111111',
  BPF_LOADER,
  BPF_LOADER_UPGRADEABLE,
  'LoaderV411111111111111111111111111111111111',
  ...SIGNATURE_PRECOMPILES,
]);

/** Keys a transaction may name as writable but never gets to write. */
const RESERVED = new Set([
  ...BUILTIN_PROGRAMS,
  ADDRESS_LOOKUP_TABLE,
  NATIVE_LOADER,
  SYSVAR_OWNER,
  'Config1111111111111111111111111111111111111',
  'Feature111111111111111111111111111111111111',
  'Stake11111111111111111111111111111111111111',
  'StakeConfig11111111111111111111111111111111',
  'ZkE1Gama1Proof11111111111111111111111111111',
  'ZkTokenProof1111111111111111111111111111111',
]);

export const isReserved = (address) => RESERVED.has(address) || address.startsWith('Sysvar');

export const keyOf = (address) => {
  const key = decodeKey(address);
  if (key === null) throw new Error(`not a Solana address: ${address}`);
  return key;
};
