// Provenance from a front end: what it tells of a pack, what is signed, and its events, decoded by name and field.
// Those of patients and of the cold chain are in care.test.mjs.

import { u8aToHex, u8aWrapBytes } from '@polkadot/util';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { read, send } from '../src/call.mjs';
import { declaredEvents } from '../src/events.mjs';
import { signedAction } from '../src/provenance.mjs';
import { freeNonce, requestBytes, requestText, tagged } from '../src/requests.mjs';
import { clock } from '../src/suite.mjs';
import { topic } from '../src/topics.mjs';
import {
  acts, authority, AUTHORITY, begin, claim, DAY, factory, gtin, hospital, HOSPITAL, lotId, MAKER, medicine,
  ofCare, PHARMACY, reason, refuses, seen, serialised, shop, suite, tells, told, ward,
} from './goods.mjs';
import { alice, bob, charlie, until } from './world.mjs';

const NOTICE = 3_000;
const product = { owner: MAKER, former: [], pending: null, terms: medicine, alerts: { raised: 0, lowering: null } };
let run;

before(() => begin({ longestTransit: DAY, loweringDelay: 5_000, undo: DAY, notify: DAY }, NOTICE));
after(() => suite?.api.disconnect());

/** The state of a pack, and who has it. */
async function known(index, first) {
  const { Known: { state, custody } } = await read(suite, 'provenance', 'verify', { claim: claim(index, first) });
  return [state, custody.holder];
}

test('a maker registers a product and commissions a lot', async () => {
  const register = { Register: { name: gtin, terms: medicine } };
  await refuses(charlie, register, 'NotAttested');
  await acts(bob, register, ['ProductChanged', { name: gtin, product }]);
  assert.deepEqual(await read(suite, 'provenance', 'product', { name: gtin }), product);
  const lot = await lotId('LOT-1');
  await acts(bob, { Commission: { lot: serialised('LOT-1'), site: factory } },
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
  const dispense = (role, site) => ({ Dispense: { claim: claim(1), role: topic(role), site, prescription: null } });
  const dispensed = { pack, dispenser: first, role: topic('pharmacy'), prescription: null };
  await acts(charlie, dispense('pharmacy', shop), ['PackDispensed', dispensed]);
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
  const [{ ready, ...proposed }] = await told(bob, { ProposeLowering: raised }, 'LoweringProposed');
  assert.deepEqual(proposed, { ...raised, by: MAKER });
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
  const elsewhere = ofCare.filter((name) => !seen.has(name));
  assert.deepEqual([...seen, ...elsewhere].sort(), declaredEvents(suite.contracts.provenance).sort());
});
