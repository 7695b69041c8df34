// What a person signs so that somebody else can submit it to Olife ID and pay for it.

import { stringToU8a, u8aConcat, u8aToHex } from '@polkadot/util';
import { blake2AsU8a } from '@polkadot/util-crypto';

const PURPOSE = 'allive/id/v1    ';

/**
 * The bytes that an account signs: purpose, chain, contract, request. `request` is
 * `{ identity, key, action, nonce, deadline }`: `identity` that of the key, `null` if it has none yet; `nonce` any
 * number that the key did not use. A wallet's `signRaw` wraps them in `<Bytes>`; Olife ID accepts both.
 */
export function identityRequestBytes(suite, request) {
  const { api, contracts: { olife_id: id } } = suite;
  return u8aConcat(stringToU8a(PURPOSE), api.genesisHash, id.address, encoded(suite, request));
}

/** The text that an Ethereum wallet signs by `personal_sign`, for the same request. */
export function identityRequestText(suite, request) {
  const { api, contracts: { olife_id: id } } = suite;
  return [
    `Olife ID request ${u8aToHex(blake2AsU8a(encoded(suite, request)))}`,
    `purpose: ${PURPOSE}`,
    `chain: ${api.genesisHash.toHex()}`,
    `contract: ${u8aToHex(id.address.toU8a())}`,
  ].join('\n');
}

function encoded({ contracts: { olife_id: id } }, request) {
  const [{ type }] = id.abi.findMessage('act_for').args;
  return id.abi.registry.createType(type.lookupName, request).toU8a();
}
