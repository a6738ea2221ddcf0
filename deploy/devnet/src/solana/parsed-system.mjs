import { encodeBase58 } from './base58.mjs';

/**
 * @param {string[]} accounts
 * @param {Buffer} data
 * @returns {{type: string, info: object} | null}
 */
export function parseSystemInstruction(accounts, data) {
  const [first, second, third, fourth, fifth] = accounts;
  const key = (offset) => {
    if (offset + 32 > data.length) throw new RangeError('instruction data is too short');
    return encodeBase58(data.subarray(offset, offset + 32));
  };
  const u64 = (offset) => data.readBigUInt64LE(offset);
  const atLeast = (count, parsed) => (accounts.length < count ? null : parsed);
  switch (data.readUInt32LE(0)) {
    case 0:
      return atLeast(2, {
        type: 'createAccount',
        info: { source: first, newAccount: second, lamports: u64(4), space: u64(12), owner: key(20) },
      });
    case 1:
      return atLeast(1, { type: 'assign', info: { account: first, owner: key(4) } });
    case 2:
      return atLeast(2, { type: 'transfer', info: { source: first, destination: second, lamports: u64(4) } });
    case 3: {
      const { seed, end } = readSeed(data, 36);
      return atLeast(2, {
        type: 'createAccountWithSeed',
        info: {
          source: first,
          newAccount: second,
          base: key(4),
          seed,
          lamports: u64(end),
          space: u64(end + 8),
          owner: key(end + 16),
        },
      });
    }
    case 4:
      return atLeast(3, {
        type: 'advanceNonce',
        info: { nonceAccount: first, recentBlockhashesSysvar: second, nonceAuthority: third },
      });
    case 5:
      return atLeast(5, {
        type: 'withdrawFromNonce',
        info: {
          nonceAccount: first,
          destination: second,
          recentBlockhashesSysvar: third,
          rentSysvar: fourth,
          nonceAuthority: fifth,
          lamports: u64(4),
        },
      });
    case 6:
      return atLeast(3, {
        type: 'initializeNonce',
        info: { nonceAccount: first, recentBlockhashesSysvar: second, rentSysvar: third, nonceAuthority: key(4) },
      });
    case 7:
      return atLeast(2, {
        type: 'authorizeNonce',
        info: { nonceAccount: first, nonceAuthority: second, newAuthorized: key(4) },
      });
    case 8:
      return atLeast(1, { type: 'allocate', info: { account: first, space: u64(4) } });
    case 9: {
      const { seed, end } = readSeed(data, 36);
      return atLeast(2, {
        type: 'allocateWithSeed',
        info: { account: first, base: key(4), seed, space: u64(end), owner: key(end + 8) },
      });
    }
    case 10: {
      const { seed, end } = readSeed(data, 36);
      return atLeast(2, { type: 'assignWithSeed', info: { account: first, base: key(4), seed, owner: key(end) } });
    }
    case 11: {
      const { seed, end } = readSeed(data, 12);
      return atLeast(3, {
        type: 'transferWithSeed',
        info: {
          source: first,
          sourceBase: second,
          destination: third,
          lamports: u64(4),
          sourceSeed: seed,
          sourceOwner: key(end),
        },
      });
    }
    case 12:
      return atLeast(1, { type: 'upgradeNonce', info: { nonceAccount: first } });
    default:
      return null;
  }
}

function readSeed(data, offset) {
  const length = Number(data.readBigUInt64LE(offset));
  const end = offset + 8 + length;
  if (end > data.length) throw new RangeError('instruction data is too short');
  return { seed: data.toString('utf8', offset + 8, end), end };
}
