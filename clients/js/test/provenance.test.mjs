// Provenance from a front end: what it tells of a pack, what is signed, and each of its events, decoded by name and
// field.

import { stringToU8a, u8aToHex, u8aWrapBytes } from '@polkadot/util';
import { sha256AsU8a } from '@polkadot/util-crypto';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { finalized, read, send } from '../src/call.mjs';
import { declaredEvents } from '../src/events.mjs';
import { packLeaf, signedAction } from '../src/provenance.mjs';
import { freeNonce, requestBytes, requestText, tagged } from '../src/requests.mjs';
import { clock, connect } from '../src/suite.mjs';
import { bits, topic } from '../src/topics.mjs';
import { ownIdentities } from './replaced.mjs';
import { alice, bob, charlie, own, somebody, until } from './world.mjs';

const [hospital, authority] = [somebody(), somebody()];
// The identities, in the order in which they are created. That of Alice attests the roles of the others.
const [ISSUER, MAKER, PHARMACY, HOSPITAL, AUTHORITY] = [0n, 1n, 2n, 3n, 4n];
const people = [alice, bob, charlie, hospital, authority];
const roles = { [MAKER]: 'manufacturer', [PHARMACY]: 'pharmacy', [HOSPITAL]: 'hospital', [AUTHORITY]: 'authority' };

const DAY = 86_400_000;
const NOTICE = 3_000;
const [factory, shop, ward] = [9_506_000_000_015n, 9_506_000_000_022n, 9_506_000_000_039n];
const reason = `0x${'9e'.repeat(32)}`;
const gtin = { Gtin: 9_506_000_134_352n };
const medicine = {
  class: 'Medicine',
  storage: { limits: [{ bound: { hundredths: 800, side: 'Above' }, minutes: 60 }], longestGap: 30 },
  shelfLife: 365,
};
const product = { owner: MAKER, former: [], pending: null, terms: medicine, alerts: { raised: 0, lowering: null } };
// Two packs, and the tree over them.
const salt = `0x${'07'.repeat(16)}`;
const serials = ['SN13', 'SN7932'].map((serial) => u8aToHex(stringToU8a(serial)));
const seen = new Set();
let suite, leaves, expiry, run;

before(async () => {
  const shared = await connect();
  const chain = shared.api.genesisHash;
  const olife_id = await ownIdentities(shared, alice.address);
  const terms = { longestTransit: DAY, loweringDelay: 5_000, undo: DAY, notify: DAY };
  const provenance = await own(shared, 'provenance', { identities: olife_id.address, terms, notice: NOTICE, chain });
  suite = { ...shared, contracts: { olife_id, provenance } };
  leaves = serials.map((serial, index) => packLeaf(suite, { product: gtin, serial, index, salt }));
  expiry = Math.floor(await clock(suite) / DAY) + 100;
  for (const { address } of [hospital, authority]) {
    await finalized(shared.api.tx.balances.transferKeepAlive(address, 10n ** 15n), alice);
  }
});
after(() => suite?.api.disconnect());

/** Sends a message, and compares what provenance told: `[name, fields]`, in order. */
async function tells(account, message, args, ...expected) {
  const { events } = await send(suite, account, 'provenance', message, args);
  assert.deepEqual(events.map(({ name, fields }) => [name, fields]), expected);
  for (const { name } of events) seen.add(name);
}

/** Carries out an action of one's own identity, which is told so. */
const acts = (account, action, ...expected) => tells(account, 'act', { organisation: null, action }, ...expected);

const refuses = (account, action, error) =>
  assert.rejects(send(suite, account, 'provenance', 'act', { organisation: null, action }), { error });

/** What the label of a pack says, its path, and the first pack of its run. */
const claim = (index, first = 0) => ({
  product: gtin,
  code: 'LOT-1',
  expiry,
  index,
  first,
  proof: { serial: serials[index], salt, path: [u8aToHex(leaves[1 - index])] },
});

/** The state of a pack, and who has it. */
async function known(index, first) {
  const { Known: { state, custody } } = await read(suite, 'provenance', 'verify', { claim: claim(index, first) });
  return [state, custody.holder];
}

test('whoever makes or dispenses medicines has a role', async () => {
  const identities = (account, message, args) => send(suite, account, 'olife_id', message, args);
  const alone = { list: [], threshold: 0 };
  for (const person of people) await identities(person, 'act', { action: { Create: { guardians: alone } } });
  const topics = bits(...Object.values(roles));
  await identities(alice, 'approve_issuer', { issuer: ISSUER, topics, ceiling: 0 });
  const expires = BigInt(await clock(suite) + DAY);
  for (const [subject, role] of Object.entries(roles)) {
    const attest = { Attest: { subject, topic: topic(role), value: reason, weight: 0, issued: null, expires } };
    await identities(alice, 'act', { action: attest });
  }
});

test('a maker registers a product and commissions a lot', async () => {
  const register = { Register: { name: gtin, terms: medicine } };
  await refuses(charlie, register, 'NotAttested');
  await acts(bob, register, ['ProductChanged', { name: gtin, product }]);
  assert.deepEqual(await read(suite, 'provenance', 'product', { name: gtin }), product);
  const root = u8aToHex(sha256AsU8a(Uint8Array.from([1, ...leaves[0], ...leaves[1]])));
  const lot = await read(suite, 'provenance', 'lot_id', { product: gtin, maker: MAKER, code: 'LOT-1' });
  const made = { product: gtin, code: 'LOT-1', expiry, count: 2, serials: { root, paths: '0x01' } };
  await acts(bob, { Commission: { lot: made, site: factory } },
    ['LotCommissioned', { lot, product: gtin, maker: MAKER, site: factory }]);
  run = { lot, first: 0n };
  assert.deepEqual(await known(0), ['Genuine', MAKER]);
  const forged = { ...claim(0), proof: { ...claim(0).proof, serial: '0x00' } };
  assert.deepEqual(await read(suite, 'provenance', 'verify', { claim: forged }), { Unknown: 'Serial' });
});

test('a lot is split, packed, refused, called back, moved, and joined again', async () => {
  const unit = { Run: run };
  const rest = { Run: { ...run, first: 1n } };
  const container = { packer: MAKER, sscc: 195_060_000_000_000_012n };
  await acts(bob, { Split: { run, length: 1 } }, ['RunSplit', { run, rest: 1n }]);
  const both = { container, units: [unit, rest] };
  await acts(bob, { Pack: both }, ['Packed', both]);
  const shipment = { unit: { Container: container }, to: PHARMACY, until: BigInt(await clock(suite) + 600_000) };
  const shipped = ['Shipped', { ...shipment, holder: MAKER, role: topic('manufacturer') }];
  const refuse = { Refuse: { unit: shipment.unit } };
  await acts(bob, { Ship: shipment }, shipped);
  await acts(charlie, refuse, ['Refused', { unit: shipment.unit, by: PHARMACY }]);
  await acts(bob, { Ship: shipment }, shipped);
  await acts(bob, { CallBack: { unit: shipment.unit } }, ['CalledBack', { unit: shipment.unit, holder: MAKER }]);
  await refuses(charlie, refuse, 'NotShipped');
  await acts(bob, { Unpack: both }, ['Unpacked', both]);
  await acts(bob, { Join: { run } }, ['RunsJoined', { run, next: 1n }]);
  await acts(bob, { MoveTo: { unit, site: 0n } }, ['Moved', { unit, holder: MAKER, site: 0n }]);
});

test('a maker signs a shipment, and somebody else submits it', async () => {
  const unit = { Run: run };
  const shipment = { unit, to: PHARMACY, until: BigInt(await clock(suite) + 600_000) };
  const request = {
    signer: bob.address,
    action: await signedAction(suite, { Ship: shipment }),
    nonce: await freeNonce(suite, 'provenance', bob.address),
    deadline: await clock(suite) + 600_000,
  };
  const text = await requestText(suite, 'provenance', request);
  assert.match(text, /^Provenance: ship .* to identity 2 until 20.*\. Seen: 0x[0-9a-f]{64}\nnonce: 0\n/);
  // As the polkadot.js extension signs.
  const data = u8aWrapBytes(requestBytes(suite, 'provenance', request));
  const signature = tagged(u8aToHex(bob.sign(data)), bob.type);
  const altered = structuredClone(request);
  altered.action.action.Ship.to = HOSPITAL;
  await assert.rejects(send(suite, charlie, 'provenance', 'act_for', { request: altered, signature }), { error: 'Request(BadSignature)' });
  await tells(charlie, 'act_for', { request, signature },
    ['Shipped', { ...shipment, holder: MAKER, role: topic('manufacturer') }]);
  assert.deepEqual(await known(0), ['InTransit', MAKER]);
  await assert.rejects(send(suite, charlie, 'provenance', 'act_for', { request, signature }), { error: 'Request(NonceUsed)' });
  const received = { unit, role: topic('pharmacy'), site: shop };
  await acts(charlie, { Receive: received }, ['Received', { ...received, holder: PHARMACY }]);
  assert.deepEqual(await known(0), ['Genuine', PHARMACY]);
});

test('a pack is dispensed, its copied label raises an alarm, and the dispensing is undone', async () => {
  const pack = { lot: run.lot, index: 1n };
  const [first, second] = [{ by: PHARMACY, site: shop }, { by: HOSPITAL, site: ward }];
  const dispense = (role, site) => ({ Dispense: { claim: claim(1), role: topic(role), site } });
  await acts(charlie, dispense('pharmacy', shop), ['PackDispensed', { pack, dispenser: first, role: topic('pharmacy') }]);
  assert.deepEqual(await known(1), [{ Ended: 'Dispensed' }, PHARMACY]);
  const alarm = (phase, by, why) => ['AlarmChanged', { pack, alarm: { first, second, times: 1, phase }, by, reason: why }];
  await acts(hospital, dispense('hospital', ward), alarm('Raised', HOSPITAL, `0x${'00'.repeat(32)}`));
  await acts(hospital, { Explain: { pack, reason } }, alarm('Explained', HOSPITAL, reason));
  await acts(bob, { Settle: { pack, asAuthority: false, escalate: false, reason } }, alarm('Closed', MAKER, reason));
  await acts(charlie, { UndoDispense: { run, index: 1 } }, ['DispensingUndone', { pack, by: PHARMACY }]);
  assert.deepEqual(await known(1), ['Genuine', PHARMACY]);
});

test('a unit ends, and comes back', async () => {
  const unit = { Run: run };
  await acts(charlie, { Retire: { unit, end: 'Sample' } }, ['UnitRetired', { unit, end: 'Sample', by: PHARMACY, site: shop }]);
  assert.deepEqual(await known(0), [{ Ended: 'Sample' }, PHARMACY]);
  await acts(charlie, { Restore: { unit } }, ['UnitRestored', { unit, by: PHARMACY }]);
});

test('a recall is raised at once, and lowered by two', async () => {
  const [unit, target, alert] = [{ Run: run }, { Lot: run.lot }, 'RecallTwo'];
  const [raised, doubt] = [{ target, alert, capacity: 'Maker', reason }, { unit, capacity: 'Custodian', reason }];
  await acts(bob, { Raise: raised }, ['AlertRaised', { ...raised, by: MAKER }]);
  assert.deepEqual(await known(0), [{ Recalled: 'RecallTwo' }, PHARMACY]);
  await acts(charlie, { Acknowledge: { target } }, ['Acknowledged', { target, by: PHARMACY }]);
  await acts(charlie, { Suspect: doubt }, ['Suspected', { ...doubt, by: PHARMACY }]);
  const propose = { organisation: null, action: { ProposeLowering: raised } };
  const { events: [{ name, fields: { ready, ...proposed } }] } = await send(suite, bob, 'provenance', 'act', propose);
  assert.deepEqual([name, proposed], ['LoweringProposed', { ...raised, by: MAKER }]);
  seen.add(name);
  await refuses(authority, { Lower: { target, alert } }, 'TooEarly');
  await until(suite, Number(ready));
  await acts(authority, { Lower: { target, alert } }, ['AlertLowered', { target, alert, by: AUTHORITY }]);
  assert.deepEqual(await known(0), ['Quarantined', PHARMACY]);
  await acts(authority, { Clear: { unit, asAuthority: true, reason } }, ['Cleared', { unit, by: AUTHORITY, reason }]);
});

test('new code comes after its notice, and the owner is another then', async () => {
  const codeHash = suite.book.contracts.provenance.code_hash;
  const announce = { codeHash, migration: null };
  const { events: [announced] } = await send(suite, alice, 'provenance', 'Upgradeable::announce_upgrade', announce);
  seen.add(announced.name);
  await until(suite, Number(announced.fields.announced.ready));
  await tells(alice, 'Upgradeable::set_code_hash', { newCodeHash: codeHash }, ['Upgraded', { codeHash }]);
  await tells(alice, 'Ownable::transfer_ownership', { newOwner: bob.address },
    ['OwnershipChanged', { owner: alice.address, pending: bob.address }]);
});

test('no event of provenance was left out', () => {
  assert.deepEqual([...seen].sort(), declaredEvents(suite.contracts.provenance).sort());
});
