// What a person signs so that somebody else can submit it and pay for it, to any contract of the suite.

import { stringToU8a, u8aConcat } from '@polkadot/util';
import { blake2AsU8a } from '@polkadot/util-crypto';
import { read } from './call.mjs';

const PURPOSES = {
  alv: 'allive/alv/v1   ',
  council: 'allive/council/1',
  derived_factory: 'allive/factory/1',
  olife_id: 'allive/id/v1    ',
  olife_nexus: 'allive/nexus/v1 ',
  provenance: 'allive/prov/v1  ',
};

/** The most bytes of a message, with the 15 of `<Bytes>` and `</Bytes>`. */
const LONGEST = 256 - 15;

/**
 * The bytes to be signed: purpose, chain, contract, request; or the digest of the request, if they would
 * be too long for a hardware wallet. `request` is `{ signer, action, nonce, deadline }`, `action` for
 * instance `{ Transfer: { to, value } }`. Of Olife ID the signer is a key, `{ Account: address }`, and the
 * action `{ identity, action }`: the identity of the key, `null` if it has none yet. Members of a council sign
 * votes with the action of the proposal: see `councilVote` of council.mjs. Of provenance the action is what
 * `signedAction` of provenance.mjs makes of it. A wallet's `signRaw` wraps the bytes in `<Bytes>`; both are accepted.
 */
export function requestBytes(suite, contract, request) {
  return bytesToSign(suite, contract, 'act_for', PURPOSES[contract], request);
}

/**
 * The bytes of a voucher that a DAPP's signer signs. A voucher is `{ signer, action: { dapp, to, tokens }, nonce,
 * deadline }`.
 */
export function voucherBytes(suite, voucher) {
  return bytesToSign(suite, 'derived_factory', 'redeem_voucher', 'allive/voucher/1', voucher);
}

function bytesToSign({ api, contracts }, contract, message, purpose, request) {
  const { abi, address } = contracts[contract];
  const [{ type }] = abi.findMessage(message).args;
  const encoded = abi.registry.createType(type.lookupName ?? type.type, request).toU8a();
  const bytes = (shown) => u8aConcat(stringToU8a(purpose), api.genesisHash, address, shown);
  return bytes(encoded).length > LONGEST ? bytes(blake2AsU8a(encoded, 256)) : bytes(encoded);
}

/** The text that an Ethereum wallet shows and signs by `personal_sign`. Its owner must read it. */
export async function requestText(suite, contract, request) {
  return Buffer.from((await read(suite, contract, 'request_text', { request })).slice(2), 'hex').toString();
}

/** The lowest nonce that `signer` has not used. */
export async function freeNonce(suite, contract, signer) {
  for (let cell = 0n; ; cell += 1n) {
    const used = BigInt(await read(suite, contract, 'used_nonces', { signer, cell }));
    for (let bit = 0n; bit < 128n; bit += 1n) {
      if ((used >> bit & 1n) === 0n) return 128n * cell + bit;
    }
  }
}

/**
 * A signature as contracts want it: with the scheme, which `signRaw` leaves out. `keyType` is the `type` of
 * the wallet's account; `eip191` for an Ethereum wallet, whose `v` is 27 or 28.
 */
export function tagged(signature, keyType) {
  if (keyType === 'sr25519') return { Sr25519: signature };
  if (keyType === 'ecdsa') return { Ecdsa: signature };
  if (keyType === 'eip191') return { Eip191: signature };
  throw new TypeError(`a contract cannot verify signatures of ${keyType} keys`);
}
