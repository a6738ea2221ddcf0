import { solanaKey } from '../keys.mjs';
import { listenOnPair } from '../ports.mjs';
import { Engine } from './engine.mjs';
import { CARGO, USDC, createGenesis } from './genesis.mjs';
import { GENESIS_HASH, Ledger } from './ledger.mjs';
import { loadNative } from './native.mjs';
import { accountMethods } from './rpc/accounts.mjs';
import { clusterMethods } from './rpc/cluster.mjs';
import { controlMethods } from './rpc/control.mjs';
import { historyMethods } from './rpc/history.mjs';
import { networkMethods } from './rpc/network.mjs';
import { sendMethods } from './rpc/send.mjs';
import { tokenMethods } from './rpc/tokens.mjs';
import { createRpcServers } from './server.mjs';
import { Subscriptions } from './subscriptions.mjs';
import { Treasury } from './treasury.mjs';

/**
 * Starts a Solana chain with its tokens and wallets behind JSON-RPC.
 *
 * @param {{port: number, slotMs: number, finalitySlots: number}} options port 0 = any free pair
 */
export async function startSolana({ port, slotMs, finalitySlots }) {
  const engine = new Engine(loadNative());
  const ledger = new Ledger(engine, { slotMs, finalitySlots });
  const treasury = new Treasury(ledger);
  const wallets = createGenesis(treasury);
  ledger.advance(finalitySlots + 1); // what was created is final when the first client looks
  const node = {
    engine,
    ledger,
    treasury,
    faults: { drops: 0, lostReplies: 0 },
    identity: solanaKey('validator').address,
  };
  const methods = {
    ...clusterMethods(node),
    ...networkMethods(node),
    ...accountMethods(node),
    ...tokenMethods(node),
    ...sendMethods(node),
    ...historyMethods(node),
    ...controlMethods(node),
  };
  const servers = createRpcServers(methods, new Subscriptions(ledger, engine));
  const ports = await listenOnPair(servers.http, servers.webSocket, port);
  ledger.start();
  return {
    rpc: `http://127.0.0.1:${ports.first}`,
    ws: `ws://127.0.0.1:${ports.second}`,
    genesis: GENESIS_HASH,
    tokens: { USDC, CARGO },
    wallets,
    treasury,
    stop() {
      ledger.stop();
      servers.close();
    },
  };
}
