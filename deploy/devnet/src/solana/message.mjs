import { decodeKey, encodeBase58 } from './base58.mjs';

/**
 * Parses transactions and refuses every malformed one: the virtual machine ends the whole process on bytes it cannot read.
 */

/** Largest transaction a Solana node takes, in bytes. */
export const MAX_TRANSACTION_BYTES = 1232;

/** The bytes are not a transaction, or not one a node could run. */
export class MessageError extends Error {
  /**
   * @param {'deserialize' | 'sanitize'} stage
   * @param {string} message
   */
  constructor(stage, message) {
    super(message);
    this.stage = stage;
  }
}

/**
 * @typedef {object} Instruction
 * @property {number} programIdIndex
 * @property {number[]} accounts indexes
 * @property {Buffer} data
 *
 * @typedef {object} TableLookup
 * @property {Buffer} table
 * @property {number[]} writable
 * @property {number[]} readonly
 *
 * @typedef {object} Message
 * @property {'legacy' | 0} version
 * @property {{numRequiredSignatures: number, numReadonlySignedAccounts: number, numReadonlyUnsignedAccounts: number}} header
 * @property {Buffer[]} keys static account keys
 * @property {string} blockhash base58
 * @property {number} blockhashOffset where the blockhash stands in the message
 * @property {Instruction[]} instructions
 * @property {TableLookup[]} lookups
 * @property {Buffer} bytes the message alone: what is signed
 *
 * @typedef {object} Transaction
 * @property {Buffer} bytes
 * @property {Buffer[]} signatures
 * @property {string} signature the first one, base58: the transaction's name
 * @property {Message} message
 */

/**
 * @param {Buffer} bytes
 * @returns {Transaction}
 */
export function parseTransaction(bytes) {
  const reader = new Reader(bytes);
  const signatures = reader.list(() => reader.take(64));
  const message = readMessage(reader, signatures.length);
  return { bytes, signatures, signature: signatures.length > 0 ? encodeBase58(signatures[0]) : '', message };
}

/**
 * @param {Buffer} bytes
 * @returns {Message}
 */
export function parseMessage(bytes) {
  return readMessage(new Reader(bytes), null);
}

/**
 * The same transaction under another blockhash; its signatures are then wrong.
 *
 * @param {Transaction} transaction
 * @param {string} blockhash
 */
export function withBlockhash(transaction, blockhash) {
  const bytes = Buffer.from(transaction.bytes);
  const messageStart = bytes.length - transaction.message.bytes.length;
  decodeKey(blockhash).copy(bytes, messageStart + transaction.message.blockhashOffset);
  return parseTransaction(bytes);
}

/** @returns {Message} */
function readMessage(reader, signatureCount) {
  const start = reader.offset;
  let first = reader.byte();
  /** @type {'legacy' | 0} */
  let version = 'legacy';
  if (first & 0x80) {
    if (first !== 0x80) throw new MessageError('deserialize', `message version ${first & 0x7f} is not supported`);
    version = 0;
    first = reader.byte();
  }
  const header = {
    numRequiredSignatures: first,
    numReadonlySignedAccounts: reader.byte(),
    numReadonlyUnsignedAccounts: reader.byte(),
  };
  const keys = reader.list(() => reader.take(32));
  const blockhashOffset = reader.offset - start;
  const blockhash = encodeBase58(reader.take(32));
  const instructions = reader.list(() => ({
    programIdIndex: reader.byte(),
    accounts: [...reader.bytes()],
    data: reader.bytes(),
  }));
  const lookups =
    version === 'legacy'
      ? []
      : reader.list(() => ({ table: reader.take(32), writable: [...reader.bytes()], readonly: [...reader.bytes()] }));
  reader.end();
  const message = {
    version,
    header,
    keys,
    blockhash,
    blockhashOffset,
    instructions,
    lookups,
    bytes: reader.source.subarray(start),
  };
  sanitize(message, signatureCount);
  return message;
}

/** The rules every node applies before it looks at any account. */
function sanitize({ version, header, keys, instructions, lookups }, signatureCount) {
  const { numRequiredSignatures, numReadonlySignedAccounts, numReadonlyUnsignedAccounts } = header;
  const loaded = lookups.reduce((sum, { writable, readonly }) => sum + writable.length + readonly.length, 0);
  const total = keys.length + loaded;
  const wrongSignatures = signatureCount !== null && signatureCount !== numRequiredSignatures;
  if (
    wrongSignatures ||
    numReadonlySignedAccounts >= numRequiredSignatures ||
    numRequiredSignatures + numReadonlyUnsignedAccounts > keys.length ||
    total > 256 ||
    lookups.some(({ writable, readonly }) => writable.length + readonly.length === 0)
  ) {
    throw indexOutOfBounds();
  }
  const programLimit = version === 'legacy' ? total : keys.length;
  for (const { programIdIndex, accounts } of instructions) {
    if (programIdIndex === 0 || programIdIndex >= programLimit || accounts.some((index) => index >= total))
      throw indexOutOfBounds();
  }
}

const indexOutOfBounds = () =>
  new MessageError('sanitize', 'Transaction failed to sanitize accounts offsets correctly');

/** Reads forward, never past the end. */
class Reader {
  /** @param {Buffer} source */
  constructor(source) {
    this.source = source;
    this.offset = 0;
  }

  byte() {
    if (this.offset >= this.source.length) throw new MessageError('deserialize', 'io error: unexpected end of file');
    return this.source[this.offset++];
  }

  take(length) {
    if (this.offset + length > this.source.length)
      throw new MessageError('deserialize', 'io error: unexpected end of file');
    this.offset += length;
    return this.source.subarray(this.offset - length, this.offset);
  }

  /** A length of one to three bytes, seven bits each; only the shortest form is valid. */
  length() {
    let value = 0;
    for (let position = 0; position < 3; position += 1) {
      const byte = this.byte();
      if (byte === 0 && position > 0) throw new MessageError('deserialize', 'alias encoding');
      value |= (byte & 0x7f) << (7 * position);
      if (!(byte & 0x80)) {
        if (value > 0xffff) throw new MessageError('deserialize', 'length overflow');
        return value;
      }
    }
    throw new MessageError('deserialize', 'length continues after its third byte');
  }

  bytes() {
    return this.take(this.length());
  }

  /**
   * @template T
   * @param {() => T} readOne
   * @returns {T[]}
   */
  list(readOne) {
    return Array.from({ length: this.length() }, readOne);
  }

  end() {
    if (this.offset !== this.source.length)
      throw new MessageError('deserialize', 'bytes after the end of the transaction');
  }
}
