// What identities do with goods: what they sign, and what the label of a pack claims.

import { bnToU8a, hexToU8a, stringToU8a, u8aConcat } from '@polkadot/util';
import { sha256AsU8a } from '@polkadot/util-crypto';
import { read } from './call.mjs';

/** Begins every leaf of a lot's tree. */
const DOMAIN = stringToU8a('allive/pack/v1  ');

/**
 * An action that somebody can sign now, as the `action` of a request: `action` is for instance
 * `{ Ship: { unit, to, until } }`. It binds what the action names as it is now, which the signer must
 * have seen. A delegate names the `organisation` for which it acts.
 */
export async function signedAction(suite, action, organisation = null) {
  return { organisation, action, seen: await read(suite, 'provenance', 'seen', { action }) };
}

/**
 * The leaf of a pack in the tree of its lot: the hash of what its label says. `product` is `{ Gtin }`, `{ Blood }` or
 * `{ Order }`; `serial` and `salt` are bytes in hexadecimal digits.
 */
export function packLeaf({ api, contracts }, { product, serial, index, salt }) {
  const { abi } = contracts.provenance;
  const [{ type }] = abi.findMessage('product').args;
  const name = abi.registry.createType(type.lookupName ?? type.type, product).toU8a();
  const counted = api.createType('Bytes', serial).toU8a();
  return sha256AsU8a(u8aConcat([0x00], DOMAIN, name, counted, bnToU8a(index, { bitLength: 64 }), hexToU8a(salt)));
}
