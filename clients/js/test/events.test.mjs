// Every event that the metadata declares is told once, and decoded by name and field.

import { randomAsHex } from '@polkadot/util-crypto';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { send } from '../src/call.mjs';
import { claimText } from '../src/claim.mjs';
import { declaredEvents } from '../src/events.mjs';
import { role } from '../src/roles.mjs';
import { clock, connect } from '../src/suite.mjs';
import { units } from '../src/units.mjs';
import { ethereumWallet, listOfTwo } from './holders.mjs';
import { alice, bob, charlie, own, until } from './world.mjs';

const NOTICE = 3_000;
const wallets = [ethereumWallet(), ethereumWallet()];
const list = listOfTwo(wallets.map(({ address }, index) => ({ address, amount: units(`${index + 1}`) })));
const seen = { alv: new Set(), olife_nexus: new Set(), alv_distributor: new Set() };
let shared, suite;

before(async () => {
  shared = await connect();
  const alv = await own(shared, 'alv', {
    supply: units('1000'),
    cap: units('2000'),
    pause: { duration: 60_000, cooldown: 60_000 },
    chain: shared.api.genesisHash,
  });
  const nexus = await own(shared, 'olife_nexus', { token: alv.address, longestTerm: 86_400_000, notice: NOTICE });
  suite = { ...shared, contracts: { alv, olife_nexus: nexus } };
});
after(() => shared?.api.disconnect());

/** Sends a call, and compares what was told: `[contract, name, fields]`, in order. */
async function tells(account, contract, message, args, ...expected) {
  const { events } = await send(suite, account, contract, message, args);
  assert.deepEqual(events, expected.map(([contract, name, fields]) => ({ contract, name, fields })));
  for (const { contract, name } of events) seen[contract].add(name);
}

test('payments and allowances', async () => {
  const value = units('3');
  await tells(alice, 'alv', 'PSP22::transfer', { to: bob.address, value, data: [] },
    ['alv', 'Transfer', { from: alice.address, to: bob.address, value }]);
  await tells(alice, 'alv', 'transfer_many', { payments: [[bob.address, 1], [charlie.address, value]] },
    ['alv', 'Transfer', { from: alice.address, to: bob.address, value: 1n }],
    ['alv', 'Transfer', { from: alice.address, to: charlie.address, value }]);
  await tells(bob, 'alv', 'PSP22Burnable::burn', { value: 1n },
    ['alv', 'Transfer', { from: bob.address, to: null, value: 1n }]);
  await tells(charlie, 'alv', 'PSP22::approve', { spender: bob.address, value: 2n },
    ['alv', 'Approval', { owner: charlie.address, spender: bob.address, amount: 2n }]);
});

test('a record is registered, offered, bought, used, revoked', async () => {
  const commitment = randomAsHex();
  await tells(bob, 'olife_nexus', 'register', { commitment, kind: 'Fhir', pointer: 'ipfs://ciphertext' },
    ['olife_nexus', 'RecordRegistered', { record: 0n, commitment, kind: 'Fhir' }]);
  const expires = await clock(suite) + 3_600_000;
  const terms = { grantee: charlie.address, purpose: 'Research', price: units('1'), uses: 3, expires };
  await tells(bob, 'olife_nexus', 'offer', { record: 0, terms },
    ['olife_nexus', 'GrantOffered', { grant: 0n, record: 0n, ...terms, expires: BigInt(expires) }]);
  const [charlies, nexus, paid] = [charlie.address, suite.contracts.olife_nexus.address.toString(), units('2')];
  await tells(charlie, 'alv', 'PSP22::approve', { spender: nexus, value: paid },
    ['alv', 'Approval', { owner: charlies, spender: nexus, amount: paid }]);
  await tells(charlie, 'olife_nexus', 'buy', { grant: 0, uses: 2, maxPrice: units('1') },
    ['alv', 'Approval', { owner: charlies, spender: nexus, amount: 0n }],
    ['alv', 'Transfer', { from: charlies, to: nexus, value: paid }],
    ['olife_nexus', 'UsesBought', { grant: 0n, uses: 2, paid }]);
  const request = randomAsHex();
  await tells(charlie, 'olife_nexus', 'use_record', { grant: 0, request },
    ['olife_nexus', 'RecordUsed', { grant: 0n, record: 0n, number: 1, request, charged: units('1') }]);
  await tells(bob, 'olife_nexus', 'revoke', { grant: 0 },
    ['olife_nexus', 'GrantClosed', { grant: 0n, refunded: units('1') }]);
  await tells(alice, 'olife_nexus', 'withdraw', { account: charlies },
    ['alv', 'Transfer', { from: nexus, to: charlies, value: units('1') }],
    ['olife_nexus', 'CreditWithdrawn', { account: charlies, amount: units('1') }]);
});

test('roles, a pause, owners', async () => {
  const pauser = { role: role('PAUSER'), account: alice.address };
  await tells(alice, 'alv', 'AccessControl::grant_role', pauser,
    ['alv', 'RoleChanged', { ...pauser, held: true }]);
  const { events: [paused] } = await send(suite, alice, 'alv', 'Pausable::pause');
  assert.equal(paused.name, 'PauseChanged');
  assert.ok(paused.fields.until > BigInt(await clock(suite)));
  seen.alv.add(paused.name);
  const transfer = { to: alice.address, value: 1n, data: [] };
  await assert.rejects(send(suite, bob, 'alv', 'PSP22::transfer', transfer), { error: 'Custom(Paused)' });
  await send(suite, alice, 'alv', 'Pausable::unpause');
  for (const contract of ['alv', 'olife_nexus']) {
    await tells(alice, contract, 'Ownable::transfer_ownership', { newOwner: bob.address },
      [contract, 'OwnershipChanged', { owner: alice.address, pending: bob.address }]);
    await assert.rejects(send(suite, charlie, contract, 'Ownable::accept_ownership'), { error: /CallerIsNotPendingOwner/ });
    await tells(bob, contract, 'Ownable::accept_ownership', {},
      [contract, 'OwnershipChanged', { owner: bob.address, pending: null }]);
  }
});

test('an upgrade is announced, withdrawn, announced again and done', async () => {
  const codeHash = suite.book.contracts.olife_nexus.code_hash;
  const announce = () => send(suite, bob, 'olife_nexus', 'Upgradeable::announce_upgrade', { codeHash, migration: null });
  const { events: [announced] } = await announce();
  assert.equal(announced.name, 'UpgradeChanged');
  const { ready, lapses, ...what } = announced.fields.announced;
  assert.deepEqual(what, { codeHash, migration: null });
  assert.equal(lapses - ready, BigInt(NOTICE));
  await tells(bob, 'olife_nexus', 'Upgradeable::cancel_upgrade', {},
    ['olife_nexus', 'UpgradeChanged', { announced: null }]);
  const { events: [again] } = await announce();
  await until(suite, Number(again.fields.announced.ready));
  await tells(bob, 'olife_nexus', 'Upgradeable::set_code_hash', { newCodeHash: codeHash },
    ['olife_nexus', 'Upgraded', { codeHash }]);
});

test('an Ethereum holder is paid where she signed, and the remainder swept', async () => {
  const deadline = await clock(suite) + 10_000;
  suite.contracts.alv_distributor = await own(suite, 'alv_distributor', {
    token: suite.contracts.alv.address,
    root: list.root,
    count: list.count,
    deadline,
    remainderTo: alice.address,
    chain: suite.api.genesisHash,
  });
  const distributor = suite.contracts.alv_distributor.address.toString();
  await send(suite, alice, 'alv', 'PSP22::transfer', { to: distributor, value: units('3'), data: [] });
  const [{ index, address, amount, proof }] = list.entries;
  const signature = wallets[0].personalSign(claimText(suite, charlie.address));
  const claim = { index, claimant: { Address: { address, destination: charlie.address, signature } }, amount, proof };
  const elsewhere = structuredClone(claim);
  elsewhere.claimant.Address.destination = bob.address;
  await assert.rejects(send(suite, bob, 'alv_distributor', 'claim', elsewhere), { error: 'BadSignature' });
  await tells(bob, 'alv_distributor', 'claim', claim,
    ['alv', 'Transfer', { from: distributor, to: charlie.address, value: amount }],
    ['alv_distributor', 'Claimed', { holder: { Address: address }, index: BigInt(index), to: charlie.address, amount }]);
  await assert.rejects(send(suite, bob, 'alv_distributor', 'claim', claim), { error: 'AlreadyClaimed' });
  await until(suite, deadline + 1);
  await tells(bob, 'alv_distributor', 'sweep', {},
    ['alv', 'Transfer', { from: distributor, to: alice.address, value: units('2') }],
    ['alv_distributor', 'Swept', { to: alice.address, amount: units('2') }]);
});

test('no event that the metadata declares was left out', () => {
  for (const [name, contract] of Object.entries(suite.contracts)) {
    assert.deepEqual([...seen[name]].sort(), declaredEvents(contract).sort(), name);
  }
});
