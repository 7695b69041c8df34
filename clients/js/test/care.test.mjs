// Provenance from a front end, where patients are near: what is made of what, prescriptions, what a patient
// confirms, the cold chain, and what is illegitimate.

import { randomAsHex } from '@polkadot/util-crypto';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { read, send } from '../src/call.mjs';
import { fillLock, prescriptionId, stageCommitment, stageOf } from '../src/provenance.mjs';
import { clock } from '../src/suite.mjs';
import { topic } from '../src/topics.mjs';
import {
  acts, authority, AUTHORITY, begin, bound, claim, clinician, CLINICIAN, DAY, expiry, factory, gtin, hospital,
  HOSPITAL, laboratory, LABORATORY, logger, LOGGER, lotId, MAKER, medicine, ofCare, PHARMACY, reason, refuses,
  secrets, seen, serialised, shop, suite, tells, told,
} from './goods.mjs';
import { alice, bob, charlie, until } from './world.mjs';

const UNDO = 4_000;
const commitment = randomAsHex();
// The patient's number for two fills. The clinician gets the lock of the first alone.
const last = randomAsHex();
const first = fillLock(last);
const role = topic('pharmacy');
const dispenser = { by: PHARMACY, site: shop };
let lot, rest, prescription;

before(() => begin({ longestTransit: DAY, loweringDelay: 5_000, undo: UNDO, notify: DAY }, 3_000));
after(() => suite?.api.disconnect());

/** What everybody is told of a pack. */
async function verified(index) {
  const { Known: answer } = await read(suite, 'provenance', 'verify', { claim: claim(index, index) });
  return answer;
}

/** What the chain has of the second pack, which is a run of its own. */
const unitOf = async () => (await read(suite, 'provenance', 'unit', { unit: rest })).Run.unit;

test('a maker packs a lot anew, and ships what came out to a pharmacy', async () => {
  await told(bob, { Register: { name: gtin, terms: medicine } }, 'ProductChanged');
  const bulk = { product: gtin, code: 'BULK-1', expiry, count: 20, serials: null };
  await told(bob, { Commission: { lot: bulk, site: factory } }, 'LotCommissioned');
  const input = { lot: await lotId('BULK-1'), first: 0n };
  lot = await lotId('LOT-1');
  await acts(bob, { Transform: { inputs: [input], outputs: [serialised('LOT-1')], kind: 'Repackaging' } },
    ['LotCommissioned', { lot, product: gtin, maker: MAKER, site: factory }],
    ['Transformed', { inputs: [input], outputs: [lot], kind: 'Repackaging', by: MAKER, site: factory }]);
  const { count, serials, ...printed } = bulk;
  const spent = { ...printed, index: 0, first: 0, proof: null };
  const { Known: { state } } = await read(suite, 'provenance', 'verify', { claim: spent });
  assert.deepEqual(state, { Ended: 'Transformed' });
  assert.deepEqual((await read(suite, 'provenance', 'lot', { lot })).ancestors, [input]);
  const run = { lot, first: 0n };
  rest = { Run: { lot, first: 1n } };
  const until = BigInt(await clock(suite) + 600_000);
  await told(bob, { Ship: { unit: { Run: run }, to: PHARMACY, until } }, 'Shipped');
  await told(charlie, { Receive: { unit: { Run: run }, role, site: shop } }, 'Received');
  await told(charlie, { Split: { run, length: 1 } }, 'RunSplit');
});

test('a prescription is filled by a part of a pack and by the rest, each with a secret', async () => {
  const expires = BigInt(await clock(suite) + DAY);
  const prescribed = { commitment, fills: 2, expires };
  const prescribe = { Prescribe: { prescription: { ...prescribed, lock: fillLock(first) } } };
  prescription = prescriptionId(CLINICIAN, commitment);
  await refuses(charlie, prescribe, 'NotAttested');
  await acts(clinician, prescribe, ['Prescribed', { ...prescribed, prescription, prescriber: CLINICIAN }]);
  const pack = { lot, index: 0n };
  const filled = (secret) => ({ claim: claim(0), role, site: shop, prescription: { prescription, secret } });
  const dispensed = { pack, dispenser, role, prescription };
  await refuses(charlie, { DispensePart: filled(last) }, 'WrongSecret');
  await acts(charlie, { DispensePart: filled(first) }, ['PartDispensed', dispensed]);
  assert.equal((await verified(0)).state, 'PartlyDispensed');
  await refuses(charlie, { Dispense: filled(first) }, 'WrongSecret');
  await acts(charlie, { Dispense: filled(last) }, ['PackDispensed', dispensed]);
  const kept = await read(suite, 'provenance', 'prescription', { prescription });
  assert.deepEqual(kept, { prescriber: CLINICIAN, fills: 0, expires, lock: last });
});

test('a patient confirms what she received, and asks so that it counts', async () => {
  const confirm = (index, secret) => ({ claim: claim(index, index), secret });
  const refused = (args, error) => assert.rejects(send(suite, alice, 'provenance', 'confirm', args), { error });
  await refused(confirm(0, secrets[1]), 'WrongSecret');
  await refused(confirm(1, secrets[1]), 'NotDispensed');
  await tells(alice, 'confirm', confirm(0, secrets[0]), ['PackConfirmed', { pack: { lot, index: 0n } }]);
  await refused(confirm(0, secrets[0]), 'IsConfirmed');
  assert.equal(await read(suite, 'provenance', 'confirmed', { lot, index: 0 }), true);
  await tells(alice, 'ask', { claim: claim(0) });
  assert.equal(await read(suite, 'provenance', 'asked', { lot }), 1n);
});

test('a prescription is cancelled, and then forgotten', async () => {
  await acts(clinician, { CancelPrescription: { prescription, asAuthority: false } },
    ['PrescriptionCancelled', { prescription, by: CLINICIAN }]);
  const { expires } = await read(suite, 'provenance', 'prescription', { prescription });
  await until(suite, Number(expires) + UNDO);
  await tells(alice, 'prune_prescription', { prescription });
  assert.equal(await read(suite, 'provenance', 'prescription', { prescription }), null);
});

test('a logger measures that it was too warm, and somebody answers for it', async () => {
  const measures = { by: LOGGER, bounds: [bound], longestGap: 30 };
  assert.equal((await verified(1)).cold, 'NotWatched');
  await acts(charlie, { Watch: { unit: rest, logger: measures } },
    ['LoggerChanged', { unit: rest, holder: PHARMACY, logger: measures }]);
  const { watch: { logger: { named } } } = await unitOf();
  assert.deepEqual((await verified(1)).cold, { Kept: named });
  const outside = [{ bound, time: 1n }];
  const window = { from: named, until: named + 1n, outside, digest: reason };
  await until(suite, Number(window.until));
  await refuses(charlie, { Report: { unit: rest, window } }, 'NotAttested');
  await acts(logger, { Report: { unit: rest, window } }, ['WindowReported', { unit: rest, logger: LOGGER, window }]);
  const { cold, state } = await verified(1);
  assert.deepEqual([state, cold], ['Quarantined', { Excursion: bound }]);
  const release = { unit: rest, capacity: 'Custodian', writtenOff: outside, reason };
  await refuses(logger, { Release: release }, 'NotAttested');
  await acts(charlie, { Release: release }, ['Released', { ...release, by: PHARMACY }]);
  assert.equal((await verified(1)).state, 'Genuine');
  await acts(charlie, { Watch: { unit: rest, logger: null } },
    ['LoggerChanged', { unit: rest, holder: PHARMACY, logger: null }]);
});

test('what was suspected is found illegitimate, and an authority knows of it', async () => {
  const doubt = { unit: rest, capacity: 'Custodian', reason };
  await refuses(charlie, { Condemn: doubt }, 'NotSuspected');
  await acts(charlie, { Suspect: doubt }, ['Suspected', { ...doubt, by: PHARMACY }]);
  const target = { Unit: rest };
  await acts(charlie, { Condemn: doubt },
    ['AlertRaised', { target, alert: 'Illegitimate', by: PHARMACY, capacity: 'Custodian', reason }]);
  assert.equal((await verified(1)).state, 'Illegitimate');
  const { verdict: { at, ...verdict } } = await unitOf();
  assert.deepEqual(verdict, { by: PHARMACY, due: at + BigInt(DAY), noticed: null });
  await acts(authority, { Acknowledge: { target } }, ['Acknowledged', { target, by: AUTHORITY }]);
  assert.equal((await unitOf()).verdict.noticed.by, AUTHORITY);
});

test('an authority redirects goods, and a holder that can act calls them back', async () => {
  const redirect = { unit: rest, to: HOSPITAL, until: BigInt(await clock(suite) + 600_000), reason };
  const [{ ready, ...redirected }] = await told(authority, { Redirect: redirect }, 'Redirected');
  assert.deepEqual(redirected, { ...redirect, holder: PHARMACY, by: AUTHORITY });
  assert.ok(ready < redirect.until);
  await refuses(hospital, { Receive: { unit: rest, role: topic('hospital'), site: 0n } }, 'TooEarly');
  await acts(charlie, { CallBack: { unit: rest } }, ['CalledBack', { unit: rest, holder: PHARMACY }]);
});

test('a patient reads how far her dental work is, and nobody else', async () => {
  const name = { Order: { laboratory: LABORATORY, number: 7 } };
  const terms = { class: 'Dental', storage: { limits: [], longestGap: 0 }, shelfLife: null };
  await told(laboratory, { Register: { name, terms } }, 'ProductChanged');
  const [secret, another] = [randomAsHex(16), randomAsHex(16)];
  const progress = () => read(suite, 'provenance', 'progress', { name });
  assert.equal(await progress(), null);
  for (const [number, stage] of [[1, 'Received'], [2, 'Design']]) {
    const said = { name, number, commitment: stageCommitment(secret, stage, number) };
    await refuses(clinician, { ReportProgress: { progress: said } }, 'NotAttested');
    await acts(laboratory, { ReportProgress: { progress: said } }, ['OrderProgressed', said]);
    await refuses(laboratory, { ReportProgress: { progress: said } }, 'BadNumber');
    const kept = await progress();
    assert.deepEqual([stageOf(secret, kept), stageOf(another, kept)], [stage, null]);
  }
  await assert.rejects(send(suite, alice, 'provenance', 'prune_progress', { name }), { error: 'NothingToPrune' });
});

test('an event of EPCIS was wrong', async () => {
  const declaration = { event: commitment, reason: 'IncorrectData', correctedBy: [last] };
  await acts(charlie, { DeclareError: { declaration } }, ['ErrorDeclared', { ...declaration, by: PHARMACY }]);
});

test('no event of care was left out', () => {
  assert.deepEqual(ofCare.filter((name) => !seen.has(name)), []);
});
