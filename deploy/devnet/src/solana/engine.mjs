import { encodeBase58 } from './base58.mjs';
import { transactionErrorJson } from './errors.mjs';
import { BPF_LOADER_UPGRADEABLE } from './programs.mjs';
import { isWritable, resolveAccounts } from './roles.mjs';

const PROGRAM_DATA_HEADER_BYTES = 45;

/**
 * The virtual machine behind plain JavaScript values. Callers hand in parsed transactions and 32-byte keys only.
 *
 * @typedef {object} Account
 * @property {bigint} lamports
 * @property {Buffer} data
 * @property {string} owner
 * @property {boolean} executable
 * @property {bigint} rentEpoch
 *
 * @typedef {object} Outcome
 * @property {string | object | null} error JSON form
 * @property {string[]} logs
 * @property {number} unitsConsumed
 * @property {{programId: string, data: Buffer} | null} returnData
 * @property {{index: number, instructions: {programIdIndex: number, accounts: number[], data: Buffer, stackHeight: number}[]}[]} inner
 * @property {Map<string, Account>} postAccounts filled by a simulation that succeeds
 */
export class Engine {
  #native;
  #svm;

  constructor(native) {
    this.#native = native;
    this.#svm = new native.LiteSvm();
    this.#svm.withNativeMints();
    // Blockhash age and repeated signatures are the ledger's: the machine knows one blockhash only.
    this.#svm.setBlockhashCheck(false);
    this.#svm.setTransactionHistory(0n);
  }

  /**
   * @param {Buffer} key
   * @returns {Account | null}
   */
  account(key) {
    const account = this.#svm.getAccount(key);
    return account === null ? null : plainAccount(account);
  }

  /** @param {Buffer} key */
  balance(key) {
    return this.#svm.getBalance(key) ?? 0n;
  }

  /**
   * @param {Buffer} programKey
   * @returns {{address: string, account: Account}[]} in the order of their addresses
   */
  programAccounts(programKey) {
    return this.#svm
      .getProgramAccounts(programKey)
      .map((entry) => ({ key: Buffer.from(entry.address), entry }))
      .sort((a, b) => Buffer.compare(a.key, b.key))
      .map(({ key, entry }) => ({ address: encodeBase58(key), account: plainAccount(entry.account()) }));
  }

  /**
   * @param {Buffer} key
   * @param {{lamports: bigint, data: Buffer, owner: Buffer, executable: boolean, rentEpoch: bigint}} account
   */
  setAccount(key, { lamports, data, owner, executable, rentEpoch }) {
    this.#svm.setAccount(key, new this.#native.Account(lamports, data, owner, executable, rentEpoch));
  }

  addProgram(key, bytes) {
    this.#svm.addProgram(key, bytes);
  }

  /** @param {bigint} bytes */
  rentExemption(bytes) {
    return this.#svm.minimumBalanceForRentExemption(bytes);
  }

  /**
   * @param {object} to
   * @param {number} to.slot
   * @param {number} to.epoch
   * @param {number} to.unixTimestamp seconds
   * @param {{slot: bigint, hash: string}[]} to.slotHashes newest first
   */
  advance({ slot, epoch, unixTimestamp, slotHashes }) {
    this.#svm.warpToSlot(BigInt(slot));
    const clock = this.#svm.getClock();
    clock.epoch = BigInt(epoch);
    clock.leaderScheduleEpoch = BigInt(epoch + 1);
    clock.unixTimestamp = BigInt(unixTimestamp);
    this.#svm.setClock(clock);
    this.#svm.setSlotHashes(slotHashes); // creating an address lookup table checks them
  }

  /**
   * @param {import('./message.mjs').Transaction} transaction
   * @returns {Outcome}
   */
  execute(transaction) {
    if (this.#breaksProgram(transaction)) return refusal('InvalidProgramForExecution');
    const result = this.#svm.sendVersionedTransaction(transaction.bytes);
    const failed = result instanceof this.#native.FailedTransactionMetadata;
    return plainOutcome(failed ? result.meta() : result, failed ? result.err() : null);
  }

  /**
   * Whether a transaction would write back a program whose code cannot be loaded; the machine ends the process over that.
   */
  #breaksProgram(transaction) {
    const { message } = transaction;
    const addresses = resolveAccounts(message, this)?.keys ?? message.keys;
    const programs = addresses.filter(
      (key, index) => isWritable(message, index) && this.#svm.getAccount(key)?.executable(),
    );
    if (programs.length === 0) return false;
    if (!programs.every((key) => this.#loads(key))) return true;
    const { postAccounts } = this.simulate(transaction, { verifySignatures: true });
    return [...postAccounts.values()].some((account) => {
      if (!account.executable || account.owner !== BPF_LOADER_UPGRADEABLE) return false;
      const codeKey = account.data.subarray(4, 36);
      const code = postAccounts.get(encodeBase58(codeKey)) ?? this.account(codeKey);
      return code !== null && code.lamports > 0n && code.data.length < PROGRAM_DATA_HEADER_BYTES;
    });
  }

  /** Setting an account to what it is loads its program, and tells of a failure instead of breaking down. */
  #loads(key) {
    try {
      this.#svm.setAccount(key, this.#svm.getAccount(key));
      return true;
    } catch {
      return false;
    }
  }

  /**
   * @param {import('./message.mjs').Transaction} transaction
   * @param {{verifySignatures: boolean}} options
   * @returns {Outcome}
   */
  simulate({ bytes }, { verifySignatures }) {
    if (!verifySignatures) this.#svm.setSigverify(false);
    try {
      const result = this.#svm.simulateVersionedTransaction(bytes);
      if (result instanceof this.#native.FailedTransactionMetadata) return plainOutcome(result.meta(), result.err());
      const outcome = plainOutcome(result.meta(), null);
      for (const { address, account } of result.postAccounts().map(addressed))
        outcome.postAccounts.set(address, account);
      return outcome;
    } finally {
      if (!verifySignatures) this.#svm.setSigverify(true);
    }
  }
}

const addressed = (entry) => ({ address: encodeBase58(entry.address), account: plainAccount(entry.account()) });

function plainAccount(account) {
  return {
    lamports: account.lamports(),
    data: Buffer.from(account.data()),
    owner: encodeBase58(account.owner()),
    executable: account.executable(),
    rentEpoch: account.rentEpoch(),
  };
}

/**
 * The outcome of a transaction that does not run.
 *
 * @param {string} error
 * @returns {Outcome}
 */
export const refusal = (error) => ({
  error,
  logs: [],
  unitsConsumed: 0,
  returnData: null,
  inner: [],
  postAccounts: new Map(),
});

/** @returns {Outcome} */
function plainOutcome(meta, error) {
  const returned = meta.returnData();
  const data = Buffer.from(returned.data());
  return {
    error: error === null ? null : transactionErrorJson(error),
    logs: meta.logs(),
    unitsConsumed: Number(meta.computeUnitsConsumed()),
    returnData: data.length > 0 ? { programId: encodeBase58(returned.programId()), data } : null,
    inner: meta
      .innerInstructions()
      .map((list, index) => ({ index, instructions: list.map(plainInner) }))
      .filter(({ instructions }) => instructions.length > 0),
    postAccounts: new Map(),
  };
}

function plainInner(inner) {
  const instruction = inner.instruction();
  return {
    programIdIndex: instruction.programIdIndex(),
    accounts: [...instruction.accounts()],
    data: Buffer.from(instruction.data()),
    stackHeight: inner.stackHeight(),
  };
}
