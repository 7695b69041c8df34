// Olife ID from a front end: what it tells of everybody, and each of its events, decoded by name and field.

import { u8aToHex, u8aWrapBytes } from '@polkadot/util';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { read, send } from '../src/call.mjs';
import { declaredEvents } from '../src/events.mjs';
import { freeNonce, requestBytes, requestText, tagged } from '../src/requests.mjs';
import { clock, connect } from '../src/suite.mjs';
import { bits, topic } from '../src/topics.mjs';
import { units } from '../src/units.mjs';
import { ethereumWallet } from './holders.mjs';
import { alice, bob, charlie, own, somebody, until } from './world.mjs';

const [ANCHOR, GUARDIAN, PERSON] = [0n, 1n, 2n];
const EVERYTHING = 127;
const DAY = 86_400_000;
const terms = { delay: 2_000, contest: 3_000, settling: 4_000, unbonding: 3_000, notice: 2_000, fade: 365 * DAY, bond: units('1') };
const pause = { duration: 60_000, cooldown: 60_000 };
const seen = new Set();
const next = somebody();
const wallet = ethereumWallet();
let suite;

before(async () => {
  const shared = await connect();
  const chain = shared.api.genesisHash;
  const alv = await own(shared, 'alv', { supply: units('100'), cap: units('100'), pause, chain });
  const setup = { terms, pause, alv: alv.address, forfeitsTo: alice.address, chain };
  const id = await own(shared, 'olife_id', { setup });
  suite = { ...shared, contracts: { alv, olife_id: id } };
});
after(() => suite?.api.disconnect());

const key = ({ address }) => ({ Account: address });

/** Sends a call, and compares what Olife ID told: `[name, fields]`, in order. Returns all events. */
async function tells(account, message, args, ...expected) {
  const { events } = await send(suite, account, 'olife_id', message, args);
  const told = events.filter(({ contract }) => contract === 'olife_id');
  assert.deepEqual(told.map(({ name, fields }) => [name, fields]), expected);
  for (const { name } of told) seen.add(name);
  return events;
}

/** Does something, which is told as it was done. */
const acts = (account, identity, action) =>
  tells(account, 'act', { action }, ['Acted', { identity, done: [key(account), action] }]);

/** What is stored: `stored({ Identity: 2 })`. */
async function stored(query) {
  const found = await read(suite, 'olife_id', 'stored', { query });
  return found && Object.values(found)[0];
}

const asked = (message, account, more) => read(suite, 'olife_id', `IdentityRegistry::${message}`, { account: account.address, ...more });

/** What a key signed, submitted by somebody else. */
async function submits(request, signature) {
  return send(suite, bob, 'olife_id', 'act_for', { request, signature });
}

test('everybody has a number, and the person a guardian', async () => {
  const alone = { list: [], threshold: 0 };
  await acts(alice, ANCHOR, { Create: { guardians: alone } });
  await acts(bob, GUARDIAN, { Create: { guardians: alone } });
  await acts(charlie, PERSON, { Create: { guardians: { list: [GUARDIAN], threshold: 1 } } });
  assert.equal(await asked('identity_of', charlie), PERSON);
  assert.equal(await asked('identity_of', next), null);
  const { control, frozen } = await stored({ Identity: PERSON });
  assert.deepEqual(control.keys, [{ key: key(charlie), purposes: EVERYTHING }]);
  assert.equal(frozen, false);
});

test('an approved issuer attests; roles and trust are asked by account', async () => {
  const both = bits('known', 'clinician');
  const { events: [told] } = await send(suite, alice, 'olife_id', 'approve_issuer', { issuer: ANCHOR, topics: both, ceiling: 60 });
  const approved = await stored({ Issuer: ANCHOR });
  assert.deepEqual([told.name, told.fields], ['IssuerChanged', { issuer: ANCHOR, approved }]);
  assert.deepEqual(approved.periods.map((period) => period.topic), [topic('known'), topic('clinician')]);
  seen.add(told.name);
  const expires = BigInt(await clock(suite) + DAY);
  const attest = (subject, name) => ({
    Attest: { subject, topic: topic(name), value: `0x${'07'.repeat(32)}`, weight: 60, issued: null, expires },
  });
  await acts(alice, ANCHOR, attest(PERSON, 'known'));
  await acts(alice, ANCHOR, attest(PERSON, 'clinician'));
  await acts(alice, ANCHOR, attest(GUARDIAN, 'known'));
  await assert.rejects(send(suite, alice, 'olife_id', 'act', { action: attest(PERSON, 'pharmacy') }), { error: 'NotIssuer' });
  assert.equal(await asked('has_role', charlie, { role: topic('clinician') }), true);
  assert.equal(await asked('has_role', charlie, { role: topic('pharmacy') }), false);
  const standing = await asked('standing', charlie, { topics: bits('known', 'clinician', 'pharmacy') });
  assert.deepEqual(standing, { identity: PERSON, held: both, trust: 60 });
  assert.equal(await asked('trust', charlie), 60);
});

test('a friend vouches with ALV', async () => {
  const amount = units('20');
  const id = suite.contracts.olife_id.address.toString();
  await send(suite, alice, 'alv', 'PSP22::transfer', { to: bob.address, value: amount, data: [] });
  await send(suite, bob, 'alv', 'PSP22::approve', { spender: id, value: amount });
  await tells(bob, 'deposit', { identity: GUARDIAN, amount }, ['Deposited', { identity: GUARDIAN, from: bob.address, amount }]);
  await acts(bob, GUARDIAN, { Vouch: { subject: PERSON, points: 5 } });
  await acts(charlie, PERSON, { Accept: { voucher: GUARDIAN, accepted: true } });
  assert.equal(await asked('trust', charlie), 65);
  assert.deepEqual(await stored({ Purse: GUARDIAN }), { credit: units('15'), given: 5, isFalse: false });
});

test('a lost key is replaced by one that has no coins and only signs', async () => {
  const keys = [{ key: key(next), purposes: EVERYTHING }];
  const action = { Recover: { identity: PERSON, keys } };
  const { events: [changed, acted] } = await send(suite, bob, 'olife_id', 'act', { action });
  assert.deepEqual(acted.fields, { identity: GUARDIAN, done: [key(bob), action] });
  assert.equal(changed.name, 'RecoveryChanged');
  const { phase, turns } = changed.fields.recovery;
  assert.deepEqual([changed.fields.identity, phase], [PERSON, 'Proposed']);
  seen.add(changed.name);
  assert.equal(await asked('identity_of', charlie), null, 'frozen');

  const request = {
    signer: key(next),
    action: { identity: null, action: { Consent: { identity: PERSON, purposes: EVERYTHING } } },
    nonce: 17,
    deadline: await clock(suite) + 600_000,
  };
  // As the polkadot.js extension signs.
  const data = u8aWrapBytes(requestBytes(suite, 'olife_id', request));
  const signature = tagged(u8aToHex(next.sign(data)), next.type);
  await assert.rejects(submits({ ...request, nonce: 18 }, signature), { error: 'Request(BadSignature)' });
  const { events: [agreed] } = await submits(request, signature);
  assert.deepEqual(agreed.fields, { identity: PERSON, done: [key(next), request.action.action] });
  await assert.rejects(submits(request, signature), { error: 'Request(NonceUsed)' });
  await until(suite, Number(turns));
  const control = { keys, guardians: { list: [GUARDIAN], threshold: 1 } };
  await tells(alice, 'settle', { identity: PERSON }, ['ControlChanged', { identity: PERSON, version: 1, recovered: true, control }]);
  assert.equal(await asked('identity_of', next), PERSON);
  assert.equal(await asked('trust', next), 65);
  const since = await asked('successor_since', next, { former: charlie.address });
  assert.ok(since >= turns);
});

test('an Ethereum wallet has an identity by a signature of its own', async () => {
  const request = {
    signer: { Ethereum: wallet.address },
    action: { identity: null, action: { Create: { guardians: { list: [], threshold: 0 } } } },
    nonce: await freeNonce(suite, 'olife_id', { Ethereum: wallet.address }),
    deadline: await clock(suite) + 600_000,
  };
  const text = await requestText(suite, 'olife_id', request);
  assert.match(text, /^Olife ID: create an identity, no guardians\nnonce: 0\n/);
  const signature = tagged(wallet.personalSign(text), 'eip191');
  const { events: [created] } = await submits(request, signature);
  assert.deepEqual(created.fields, { identity: 3n, done: [{ Ethereum: wallet.address }, request.action.action] });
  assert.deepEqual(await stored({ Key: { Ethereum: wallet.address } }), { identity: 3n, purposes: EVERYTHING });
});

test('who vouched for a false identity loses the bond', async () => {
  const evidence = `0x${'05'.repeat(32)}`;
  const { events: [accused] } = await send(suite, alice, 'olife_id', 'accuse', { identity: PERSON, evidence });
  assert.equal(accused.name, 'TruthChanged');
  const { value, ready } = accused.fields.truth.Accused;
  assert.equal(value, evidence);
  await until(suite, Number(ready));
  await tells(alice, 'condemn', { identity: PERSON }, ['TruthChanged', { identity: PERSON, truth: 'False' }]);
  assert.equal(await asked('trust', next), 0);
  await tells(charlie, 'forfeit', { voucher: GUARDIAN, subject: PERSON },
    ['Paid', { identity: GUARDIAN, lostFor: PERSON, to: alice.address, amount: units('5') }]);
});

test('the owner pauses what is new, and hands over', async () => {
  const { events: [paused] } = await send(suite, alice, 'olife_id', 'Pausable::pause');
  assert.ok(paused.fields.until > BigInt(await clock(suite)));
  seen.add(paused.name);
  const create = { action: { Create: { guardians: { list: [], threshold: 0 } } } };
  await assert.rejects(send(suite, charlie, 'olife_id', 'act', create), { error: 'Access(Paused)' });
  await tells(alice, 'Ownable::transfer_ownership', { newOwner: bob.address },
    ['OwnershipChanged', { owner: alice.address, pending: bob.address }]);
});

test('no event of Olife ID was left out', () => {
  assert.deepEqual([...seen].sort(), declaredEvents(suite.contracts.olife_id).sort());
});
