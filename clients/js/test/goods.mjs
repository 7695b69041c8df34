// What the tests of provenance share: a contract of one's own, the identities that act, two packs of a lot.

import { stringToU8a, u8aToHex } from '@polkadot/util';
import { randomAsHex, sha256AsU8a } from '@polkadot/util-crypto';
import assert from 'node:assert/strict';
import { finalized, read, send } from '../src/call.mjs';
import { packLeaf, packSalt } from '../src/provenance.mjs';
import { clock, connect } from '../src/suite.mjs';
import { bits, topic } from '../src/topics.mjs';
import { ownIdentities } from './replaced.mjs';
import { alice, bob, charlie, own, somebody } from './world.mjs';

export const [hospital, authority, clinician, logger, laboratory] = Array.from({ length: 5 }, () => somebody());
// The identities, in the order in which they are created. That of Alice attests the roles of the others.
export const [ISSUER, MAKER, PHARMACY, HOSPITAL, AUTHORITY, CLINICIAN, LOGGER, LABORATORY] =
  [0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n];
const people = [alice, bob, charlie, hospital, authority, clinician, logger, laboratory];
const roles = [
  [MAKER, 'manufacturer'],
  [PHARMACY, 'pharmacy'],
  [PHARMACY, 'quality'],
  [HOSPITAL, 'hospital'],
  [AUTHORITY, 'authority'],
  [CLINICIAN, 'clinician'],
  [LOGGER, 'logger'],
  [LABORATORY, 'laboratory'],
];

export const DAY = 86_400_000;
export const [factory, shop, ward] = [9_506_000_000_015n, 9_506_000_000_022n, 9_506_000_000_039n];
export const reason = `0x${'9e'.repeat(32)}`;
export const gtin = { Gtin: 9_506_000_134_352n };
/** It must never be above 8 °C. */
export const bound = { hundredths: 800, side: 'Above' };
export const medicine = {
  class: 'Medicine',
  storage: { limits: [{ bound, minutes: 0 }], longestGap: 30 },
  shelfLife: 365,
};
// Two packs, what lies hidden on each, and the tree over them.
const serials = ['SN13', 'SN7932'].map((serial) => u8aToHex(stringToU8a(serial)));
export const secrets = serials.map(() => randomAsHex(16));
const salts = secrets.map(packSalt);
const paths = '0x01';
/** The events that care.test.mjs is about. */
export const ofCare = [
  'ErrorDeclared', 'LoggerChanged', 'OrderProgressed', 'PackConfirmed', 'PartDispensed', 'PrescriptionCancelled',
  'Prescribed', 'Redirected', 'Released', 'Transformed', 'WindowReported',
];
/** The names of all events that came. */
export const seen = new Set();
export let suite, expiry;
let leaves;

/** Everybody has an identity and a role, and the contract has these terms. */
export async function begin(terms, notice) {
  const shared = await connect();
  const chain = shared.api.genesisHash;
  const olife_id = await ownIdentities(shared, alice.address);
  const provenance = await own(shared, 'provenance', { identities: olife_id.address, terms, notice, chain });
  suite = { ...shared, contracts: { olife_id, provenance } };
  leaves = serials.map((serial, index) => packLeaf(suite, { product: gtin, serial, index, salt: salts[index] }));
  expiry = Math.floor(await clock(suite) / DAY) + 100;
  for (const { address } of [hospital, authority, clinician, logger, laboratory]) {
    await finalized(shared.api.tx.balances.transferKeepAlive(address, 10n ** 15n), alice);
  }
  const identities = (account, message, args) => send(suite, account, 'olife_id', message, args);
  const alone = { list: [], threshold: 0 };
  for (const person of people) await identities(person, 'act', { action: { Create: { guardians: alone } } });
  const topics = bits(...roles.map(([, role]) => role));
  await identities(alice, 'approve_issuer', { issuer: ISSUER, topics, ceiling: 0 });
  const expires = BigInt(await clock(suite) + DAY);
  for (const [subject, role] of roles) {
    const attest = { Attest: { subject, topic: topic(role), value: reason, weight: 0, issued: null, expires } };
    await identities(alice, 'act', { action: attest });
  }
}

/** Sends a message, and compares what provenance told: `[name, fields]`, in order. */
export async function tells(account, message, args, ...expected) {
  const { events } = await send(suite, account, 'provenance', message, args);
  assert.deepEqual(events.map(({ name, fields }) => [name, fields]), expected);
  for (const { name } of events) seen.add(name);
}

/** Carries out an action of one's own identity, which is told so. */
export const acts = (account, action, ...expected) => tells(account, 'act', { organisation: null, action }, ...expected);

/** The same where the events have a time that only the chain knows: answers their fields. */
export async function told(account, action, ...names) {
  const { events } = await send(suite, account, 'provenance', 'act', { organisation: null, action });
  assert.deepEqual(events.map(({ name }) => name), names);
  for (const name of names) seen.add(name);
  return events.map(({ fields }) => fields);
}

export const refuses = (account, action, error) =>
  assert.rejects(send(suite, account, 'provenance', 'act', { organisation: null, action }), { error });

/** The key of a lot of the maker. */
export const lotId = (code) => read(suite, 'provenance', 'lot_id', { product: gtin, maker: MAKER, code });

/** The lot of the two packs. */
export function serialised(code) {
  const root = u8aToHex(sha256AsU8a(Uint8Array.from([1, ...leaves[0], ...leaves[1]])));
  return { product: gtin, code, expiry, count: 2, serials: { root, paths } };
}

/** What the label of a pack says, its path, and the first pack of its run. */
export const claim = (index, first = 0) => ({
  product: gtin,
  code: 'LOT-1',
  expiry,
  index,
  first,
  proof: { serial: serials[index], salt: salts[index], path: [u8aToHex(leaves[1 - index])] },
});
