// What a holder signs so that somebody else can submit it to ALV and pay for it.

import { stringToU8a, u8aConcat } from '@polkadot/util';

const PURPOSE = stringToU8a('allive/alv/v1   ');

/**
 * The bytes to be signed: purpose, chain, contract, request. `request` is
 * `{ owner, action, nonce, deadline }`, `action` either `{ Transfer: { to, value } }` or
 * `{ Approve: { spender, value } }`. A wallet's `signRaw` wraps them in `<Bytes>`; ALV accepts both.
 */
export function requestBytes({ api, contracts: { alv } }, request) {
  const [{ type }] = alv.abi.findMessage('submit').args;
  const encoded = alv.abi.registry.createType(type.lookupName, request);
  return u8aConcat(PURPOSE, api.genesisHash, alv.address, encoded.toU8a());
}

/**
 * A signature as ALV wants it: with the scheme, which `signRaw` leaves out. `keyType` is the `type` of
 * the wallet's account.
 */
export function tagged(signature, keyType) {
  if (keyType === 'sr25519') return { Sr25519: signature };
  if (keyType === 'ecdsa') return { Ecdsa: signature };
  throw new TypeError(`a contract cannot verify signatures of ${keyType} keys`);
}
