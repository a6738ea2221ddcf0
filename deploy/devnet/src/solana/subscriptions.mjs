import { accountFormat, accountJson } from './account-json.mjs';
import { invalidParams } from './errors.mjs';
import { keyOf } from './programs.mjs';
import { readFilters } from './rpc/accounts.mjs';
import { asSignature } from './rpc/history.mjs';
import { asKey } from './params.mjs';

/**
 * @typedef {object} Subscription
 * @property {number} id
 * @property {string} kind method name without `Subscribe`
 * @property {import('./ledger.mjs').Commitment} commitment
 * @property {(result: any) => void} notify
 * @property {any} subject
 */

const KINDS = ['signature', 'account', 'logs', 'program', 'slot', 'root'];
const MAX_PER_CONNECTION = 1_000;

/** Subscriptions of all connections, and what they are owed when a block comes of age. */
export class Subscriptions {
  #ids = 0;
  /** @type {Map<number, Subscription>} */
  #active = new Map();
  /** @type {{height: number, subscription: Subscription, send: () => void}[]} */
  #pending = [];

  /**
   * @param {import('./ledger.mjs').Ledger} ledger
   * @param {import('./engine.mjs').Engine} engine
   */
  constructor(ledger, engine) {
    this.ledger = ledger;
    this.engine = engine;
    ledger.on('landed', (landed) => this.#onLanded(landed));
    ledger.on('block', (block) => this.#onBlock(block));
  }

  /**
   * The methods of one WebSocket connection, and how to end them.
   *
   * @param {(notification: object) => void} send
   */
  connection(send) {
    const own = new Set();
    const methods = {};
    for (const kind of KINDS) {
      methods[`${kind}Subscribe`] = (params) => {
        if (own.size >= MAX_PER_CONNECTION)
          throw invalidParams(`a connection holds at most ${MAX_PER_CONNECTION} subscriptions`);
        const wish = this.#readWish(kind, params);
        const id = (this.#ids += 1);
        const notify = (result) =>
          send({ jsonrpc: '2.0', method: `${kind}Notification`, params: { result, subscription: id } });
        const end = () => {
          own.delete(id);
          this.#active.delete(id);
        };
        const subscription = { id, kind, notify, end, ...wish };
        own.add(id);
        this.#active.set(id, subscription);
        // The answer with the id goes out before the first notification.
        if (kind === 'signature') setImmediate(() => this.#catchUp(subscription));
        return id;
      };
      methods[`${kind}Unsubscribe`] = (params) => {
        const id = params.integer(0, 0, Number.MAX_SAFE_INTEGER);
        if (!own.delete(id)) throw invalidParams('Invalid subscription id.');
        return this.#active.delete(id);
      };
    }
    const close = () => {
      for (const id of own) this.#active.delete(id);
      own.clear();
    };
    return { methods, close };
  }

  #readWish(kind, params) {
    switch (kind) {
      case 'signature': {
        const config = params.config(1);
        return {
          subject: asSignature(params.at(0)),
          commitment: config.commitment(),
          received: config.flag('enableReceivedNotification'),
        };
      }
      case 'account': {
        const config = params.config(1);
        return { subject: params.key(0).address, commitment: config.commitment(), format: accountFormat(config) };
      }
      case 'program': {
        const config = params.config(1);
        return {
          subject: params.key(0).address,
          commitment: config.commitment(),
          format: accountFormat(config),
          accepts: readFilters(config.get('filters')),
        };
      }
      case 'logs':
        return { subject: readLogsFilter(params.at(0)), commitment: params.config(1).commitment() };
      default:
        return { subject: null, commitment: 'processed' };
    }
  }

  /** A signature may have landed before anyone asked. */
  #catchUp(subscription) {
    const landed = this.ledger.find(subscription.subject);
    if (landed === undefined || !this.#active.has(subscription.id)) return;
    this.#queueSignature(subscription, landed);
    this.#flush();
  }

  #onLanded(landed) {
    for (const subscription of this.#active.values()) {
      switch (subscription.kind) {
        case 'signature':
          if (subscription.subject === landed.transaction.signature) this.#queueSignature(subscription, landed);
          break;
        case 'logs':
          if (subscription.subject === null || landed.accounts.addresses.includes(subscription.subject))
            this.#queueLogs(subscription, landed);
          break;
        case 'account':
          if (landed.written.includes(subscription.subject)) this.#queueAccount(subscription, landed);
          break;
        case 'program':
          this.#queueProgramAccounts(subscription, landed);
          break;
        default:
      }
    }
    this.#flush();
  }

  #onBlock({ slot }) {
    const root = this.ledger.slotAt('finalized');
    for (const { kind, notify } of this.#active.values()) {
      if (kind === 'slot') notify({ slot, parent: slot - 1, root });
      if (kind === 'root') notify(root);
    }
    this.#flush();
  }

  #queue(subscription, { block }, value) {
    this.#pending.push({
      height: block.height,
      subscription,
      send: () => subscription.notify({ context: { slot: block.slot }, value }),
    });
  }

  #queueSignature(subscription, landed) {
    if (subscription.received)
      subscription.notify({ context: { slot: landed.block.slot }, value: 'receivedSignature' });
    this.#pending.push({
      height: landed.block.height,
      subscription,
      send: () => {
        subscription.end(); // a signature is told once
        subscription.notify({ context: { slot: landed.block.slot }, value: { err: landed.outcome.error } });
      },
    });
  }

  #queueLogs(subscription, landed) {
    const { outcome, transaction } = landed;
    this.#queue(subscription, landed, { signature: transaction.signature, err: outcome.error, logs: outcome.logs });
  }

  #queueAccount(subscription, landed) {
    const account = this.engine.account(keyOf(subscription.subject)) ?? EMPTY_ACCOUNT;
    this.#queue(subscription, landed, encoded(account, subscription.format, this.engine));
  }

  #queueProgramAccounts(subscription, landed) {
    for (const address of landed.written) {
      const account = this.engine.account(keyOf(address));
      if (account === null || account.owner !== subscription.subject || !subscription.accepts(account)) continue;
      this.#queue(subscription, landed, {
        pubkey: address,
        account: encoded(account, subscription.format, this.engine),
      });
    }
  }

  /** Sends what has reached its commitment. */
  #flush() {
    const rest = [];
    for (const entry of this.#pending) {
      const { subscription, height, send } = entry;
      if (!this.#active.has(subscription.id)) continue;
      if (height <= this.ledger.heightAt(subscription.commitment)) send();
      else rest.push(entry);
    }
    this.#pending = rest;
  }
}

const EMPTY_ACCOUNT = {
  lamports: 0n,
  data: Buffer.alloc(0),
  owner: '11111111111111111111111111111111',
  executable: false,
};

/** No one waits for an answer here, so data too long for base58 goes out as base64. */
function encoded(account, format, engine) {
  const tooLong =
    account.data.length > 128 && ['binary', 'base58'].includes(format.encoding) && format.slice === undefined;
  return accountJson(account, tooLong ? { ...format, encoding: 'base64' } : format, engine);
}

/** @returns {string | null} null = every transaction */
function readLogsFilter(filter) {
  if (filter === 'all' || filter === 'allWithVotes') return null;
  const mentions = filter?.mentions;
  if (!Array.isArray(mentions) || mentions.length !== 1)
    throw invalidParams('Invalid Request: Only 1 address supported');
  return asKey(mentions[0]).address;
}
