import { RpcError } from '../errors.mjs';
import { asKey } from '../params.mjs';
import { SYSTEM, keyOf } from '../programs.mjs';
import { readCommitment, withContext } from './context.mjs';

const LARGEST = 20;
const MAX_LEADERS = 5_000;

/**
 * What clients ask about validators and inflation. One node makes every block here, no stake exists and nothing is inflated.
 *
 * @param {import('./context.mjs').Node} node
 * @returns {Record<string, import('./context.mjs').Method>}
 */
export function networkMethods(node) {
  const { ledger, engine, identity } = node;
  return {
    getIdentity: () => ({ identity }),
    getSlotLeader: () => identity,
    getSlotLeaders(params) {
      params.integer(0, 0, Number.MAX_SAFE_INTEGER);
      return new Array(params.integer(1, 1, MAX_LEADERS)).fill(identity);
    },
    getLeaderSchedule() {
      const { slotsInEpoch } = ledger.epochOf(0);
      return { [identity]: Array.from({ length: slotsInEpoch }, (_, slot) => slot) };
    },
    getBlockCommitment: () => ({ commitment: null, totalStake: 0 }),
    getClusterNodes: () => [],
    getVoteAccounts: () => ({ current: [], delinquent: [] }),
    getMaxRetransmitSlot: () => ledger.openBlock.slot,
    getMaxShredInsertSlot: () => ledger.openBlock.slot,
    getHighestSnapshotSlot() {
      throw new RpcError(-32008, 'No snapshot');
    },

    getBlockProduction(params) {
      const commitment = readCommitment(node, params.config(0));
      const [firstSlot, lastSlot] = [ledger.firstKeptBlock.slot, ledger.slotAt(commitment)];
      const blocks = lastSlot - firstSlot + 1;
      return withContext(node, commitment, {
        byIdentity: { [identity]: [blocks, blocks] },
        range: { firstSlot, lastSlot },
      });
    },

    getInflationGovernor: () => ({ foundation: 0, foundationTerm: 0, initial: 0, taper: 0, terminal: 0 }),
    getInflationRate: () => ({
      epoch: ledger.epochOf(ledger.openBlock.slot).epoch,
      foundation: 0,
      total: 0,
      validator: 0,
    }),
    getInflationReward: (params) => params.array(0, MAX_LEADERS).map((address) => asKey(address) && null),

    getLargestAccounts(params) {
      const commitment = readCommitment(node, params.config(0));
      const wallets = engine
        .programAccounts(keyOf(SYSTEM))
        .map(({ address, account }) => ({ address, lamports: account.lamports }))
        .sort((a, b) => (a.lamports < b.lamports ? 1 : -1))
        .slice(0, LARGEST);
      return withContext(node, commitment, wallets);
    },
  };
}
