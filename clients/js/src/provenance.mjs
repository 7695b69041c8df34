// What identities do with goods: what they sign, what the label of a pack claims, and what a patient shows.

import { bnToU8a, hexToU8a, stringToU8a, u8aConcat, u8aToHex } from '@polkadot/util';
import { blake2AsHex, sha256AsU8a } from '@polkadot/util-crypto';
import { read } from './call.mjs';

/**
 * What begins a leaf: that of a pack, of what lies hidden on it, of what opens a prescription, and of how far dental
 * work is.
 */
const [PACK, SEAL, FILL, MAKE] = ['pack', 'seal', 'fill', 'make'].map((name) => stringToU8a(`allive/${name}/v1  `));

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
  return leaf(PACK, name, counted, bnToU8a(index, { bitLength: 64 }), hexToU8a(salt));
}

/**
 * The salt on the label of a pack on which this secret of 16 bytes lies hidden: the first half of its hash. Whoever
 * knows the secret can `confirm` that the patient has the pack. Both are hexadecimal digits.
 */
export const packSalt = (secret) => u8aToHex(leaf(SEAL, hexToU8a(secret)).subarray(0, 16));

/**
 * The lock of a prescription that this secret of 32 bytes opens, both in hexadecimal digits. A secret is the lock of
 * the next fill, so a patient keeps one number, and shows the lock of its lock and so on first.
 */
export const fillLock = (secret) => u8aToHex(leaf(FILL, hexToU8a(secret)));

/**
 * The key of a prescription: whoever knows the prescriber, the number of an identity, and the commitment computes it.
 * The event `Prescribed` tells it, too.
 */
export function prescriptionId(prescriber, commitment) {
  return blake2AsHex(u8aConcat(bnToU8a(prescriber, { bitLength: 64 }), hexToU8a(commitment)), 128);
}

/** How far an order of dental work can be: the published list, by code. README.md of the contract explains it. */
export const stages = [
  'Received', 'Accepted', 'OnHold', 'Design', 'Forming', 'Firing', 'TryIn', 'Finishing', 'QualityControl', 'Ready',
  'Delivered', 'Remake', 'Cancelled',
];

/**
 * What a laboratory says of an order, as the `commitment` of `{ ReportProgress: { progress } }`: the stage by its name,
 * for the patient who has the secret of 16 bytes. Each `number` is one more than the last, from 1. In hexadecimal
 * digits.
 */
export function stageCommitment(secret, stage, number) {
  const code = stages.indexOf(stage);
  if (code < 0) throw new Error(`no stage is called "${stage}"`);
  return u8aToHex(leaf(MAKE, hexToU8a(secret), [code], bnToU8a(number, { bitLength: 32 })));
}

/** Which stage `progress`, as the contract answers it, is to who has this secret; null if it is none of the list. */
export function stageOf(secret, { number, commitment }) {
  return stages.find((stage) => stageCommitment(secret, stage, number) === commitment) ?? null;
}

/** The leaf of a tree over these bytes. */
const leaf = (domain, ...data) => sha256AsU8a(u8aConcat([0x00], domain, ...data));
