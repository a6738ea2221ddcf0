import { encodeBase58 } from './base58.mjs';
import { decimalsOf, uiAmount } from './token-state.mjs';

const AUTHORITY_TYPES = ['mintTokens', 'freezeAccount', 'accountOwner', 'closeAccount'];
const TRANSFER_FEE_EXTENSION = 26;
const TRANSFER_CHECKED_WITH_FEE = 1;

/**
 * Instructions SPL Token and Token-2022 share, and Token-2022's transfer with a fee.
 *
 * @param {string[]} accounts
 * @param {Buffer} data
 * @param {import('./engine.mjs').Engine} engine
 * @returns {{type: string, info: object} | null}
 */
export function parseTokenInstruction(accounts, data, engine) {
  const [first, second, third] = accounts;
  const amount = (offset = 1) => data.readBigUInt64LE(offset).toString();
  const key = (offset) => {
    if (offset + 32 > data.length) throw new RangeError('instruction data is too short');
    return encodeBase58(data.subarray(offset, offset + 32));
  };
  const optionalKey = (offset, name) => (data.readUInt8(offset) === 1 ? { [name]: key(offset + 1) } : {});
  const checked = (mint) => {
    const decimals = data.readUInt8(9);
    return { mint, tokenAmount: uiAmount(data.readBigUInt64LE(1), decimals) };
  };
  const plain = (type, count, info) => (accounts.length < count ? null : { type, info });
  const byAuthority = (type, position, info, role = 'authority', multisigRole = 'multisigAuthority') =>
    accounts.length <= position
      ? null
      : { type, info: { ...info, ...signedBy(accounts, position, role, multisigRole) } };

  switch (data.readUInt8(0)) {
    case 0:
    case 20: {
      const type = data[0] === 0 ? 'initializeMint' : 'initializeMint2';
      const sysvar = data[0] === 0 ? { rentSysvar: second } : {};
      return plain(type, 1, {
        mint: first,
        decimals: data.readUInt8(1),
        mintAuthority: key(2),
        ...sysvar,
        ...optionalKey(34, 'freezeAuthority'),
      });
    }
    case 1:
      return plain('initializeAccount', 4, { account: first, mint: second, owner: third, rentSysvar: accounts[3] });
    case 3:
      return byAuthority('transfer', 2, { source: first, destination: second, amount: amount() });
    case 4:
      return byAuthority('approve', 2, { source: first, delegate: second, amount: amount() }, 'owner', 'multisigOwner');
    case 5:
      return byAuthority('revoke', 1, { source: first }, 'owner', 'multisigOwner');
    case 6: {
      const authorityType = AUTHORITY_TYPES[data.readUInt8(1)];
      if (authorityType === undefined) return null;
      const subject = data[1] < 2 ? { mint: first } : { account: first };
      const newAuthority = data.readUInt8(2) === 1 ? key(3) : null;
      return byAuthority('setAuthority', 1, { ...subject, authorityType, newAuthority });
    }
    case 7:
      return byAuthority(
        'mintTo',
        2,
        { mint: first, account: second, amount: amount() },
        'mintAuthority',
        'multisigMintAuthority',
      );
    case 8:
      return byAuthority('burn', 2, { account: first, mint: second, amount: amount() });
    case 9:
      return byAuthority('closeAccount', 2, { account: first, destination: second }, 'owner', 'multisigOwner');
    case 10:
    case 11:
      return byAuthority(
        data[0] === 10 ? 'freezeAccount' : 'thawAccount',
        2,
        { account: first, mint: second },
        'freezeAuthority',
        'multisigFreezeAuthority',
      );
    case 12:
      return byAuthority('transferChecked', 3, { source: first, ...checked(second), destination: third });
    case 13:
      return byAuthority(
        'approveChecked',
        3,
        { source: first, ...checked(second), delegate: third },
        'owner',
        'multisigOwner',
      );
    case 14:
      return byAuthority(
        'mintToChecked',
        2,
        { ...checked(first), account: second },
        'mintAuthority',
        'multisigMintAuthority',
      );
    case 15:
      return byAuthority('burnChecked', 2, { account: first, ...checked(second) });
    case 16:
      return plain('initializeAccount2', 3, { account: first, mint: second, owner: key(1), rentSysvar: third });
    case 17:
      return plain('syncNative', 1, { account: first });
    case 18:
      return plain('initializeAccount3', 2, { account: first, mint: second, owner: key(1) });
    case 21:
      return plain('getAccountDataSize', 1, { mint: first });
    case 22:
      return plain('initializeImmutableOwner', 1, { account: first });
    case TRANSFER_FEE_EXTENSION: {
      if (data.readUInt8(1) !== TRANSFER_CHECKED_WITH_FEE) return null;
      const decimals = data.readUInt8(10);
      return byAuthority('transferCheckedWithFee', 3, {
        source: first,
        mint: second,
        destination: third,
        tokenAmount: uiAmount(data.readBigUInt64LE(2), decimals),
        feeAmount: uiAmount(data.readBigUInt64LE(11), decimalsOf(second, engine) ?? decimals),
      });
    }
    default:
      return null;
  }
}

/** One signer, or a multisig account with its signers behind it. */
function signedBy(accounts, position, role, multisigRole) {
  if (accounts.length === position + 1) return { [role]: accounts[position] };
  return { [multisigRole]: accounts[position], signers: accounts.slice(position + 1) };
}
