// Every event that the metadata declares is told once, and decoded by name and field.

import { u8aToHex, u8aWrapBytes } from '@polkadot/util';
import { randomAsHex } from '@polkadot/util-crypto';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dryRun, finalized, read, send } from '../src/call.mjs';
import { claimText } from '../src/claim.mjs';
import { councilCall, councilVote } from '../src/council.mjs';
import { declaredEvents } from '../src/events.mjs';
import { role } from '../src/roles.mjs';
import { freeNonce, requestBytes, tagged, voucherBytes } from '../src/requests.mjs';
import { clock, connect } from '../src/suite.mjs';
import { backing, derivedToken, orderBytes } from '../src/tokens.mjs';
import { units } from '../src/units.mjs';
import { ethereumWallet, listOfTwo } from './holders.mjs';
import { ownIdentities, replaceKey } from './replaced.mjs';
import { alice, bob, charlie, own, somebody, until } from './world.mjs';

const NOTICE = 3_000;
const wallets = [ethereumWallet(), ethereumWallet()];
const list = listOfTwo(wallets.map(({ address }, index) => ({ address, amount: units(`${index + 1}`) })));
const names = ['alv', 'olife_nexus', 'alv_distributor', 'derived_factory', 'council'];
const seen = Object.fromEntries(names.map((name) => [name, new Set()]));
// One for each contract that asks: a key follows one identity alone, for good.
const identities = {};
let shared, suite;

before(async () => {
  shared = await connect();
  const alv = await own(shared, 'alv', {
    supply: units('1000'),
    cap: units('2000'),
    pause: { duration: 60_000, cooldown: 60_000 },
    chain: shared.api.genesisHash,
  });
  for (const name of ['olife_nexus', 'derived_factory']) identities[name] = await ownIdentities(shared, alv.address);
  const nexus = await own(shared, 'olife_nexus', {
    token: alv.address,
    identities: identities.olife_nexus.address,
    longestTerm: 86_400_000,
    notice: NOTICE,
  });
  const factory = await own(shared, 'derived_factory', {
    alv: alv.address,
    tokenCode: shared.book.codes.derived_token.code_hash,
    charter: {
      remainderTo: alice.address,
      rules: { minCover: 5_000, stakeShare: 1_000, minStake: units('10') },
      durations: { silence: 600_000, answer: 1_000, unbonding: 603_000, notice: NOTICE, claims: 600_000 },
      pause: { duration: 60_000, cooldown: 60_000 },
      chain: shared.api.genesisHash,
      identities: identities.derived_factory.address,
    },
  });
  suite = { ...shared, contracts: { alv, olife_nexus: nexus, derived_factory: factory } };
});
after(() => shared?.api.disconnect());

/** Sends a call, and compares what was told: `[contract, name, fields]`, in order. */
const tells = (...call) => tellsIn(suite, ...call);

/** The same in a suite of the test's own. */
async function tellsIn(where, account, contract, message, args, ...expected) {
  const { events } = await send(where, account, contract, message, args);
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
  await tells(charlie, 'olife_nexus', 'withdraw', { to: charlies },
    ['alv', 'Transfer', { from: nexus, to: charlies, value: units('1') }],
    ['olife_nexus', 'CreditWithdrawn', { account: charlies, to: charlies, amount: units('1') }]);
});

test('who follows a lost key inherits what the Nexus kept for it', async () => {
  const inherit = { holding: { Record: 0 } };
  await assert.rejects(send(suite, alice, 'olife_nexus', 'inherit', inherit), { error: 'NotHeir(NotSuccessor)' });
  await replaceKey(shared, identities.olife_nexus, { guardian: charlie, former: bob, heir: alice });
  await tells(alice, 'olife_nexus', 'inherit', inherit,
    ['olife_nexus', 'Inherited', { holding: { Record: 0n }, former: bob.address, heir: alice.address }]);
  const { owner, committedBy } = await read(suite, 'olife_nexus', 'record', { record: 0 });
  assert.deepEqual([owner, committedBy], [alice.address, bob.address]);
});

test('two DAPPs register, sell, redeem, give away and end; a token is converted in two legs', async () => {
  const factory = suite.contracts.derived_factory.address.toString();
  const [bobs, charlies, price, stake] = [bob.address, charlie.address, units('0.1'), units('10')];
  const terms = { price, cap: 1_000n, reserveShare: 5_000, cover: 10_000 };
  await send(suite, alice, 'alv', 'transfer_many', { payments: [[bobs, units('50')], [charlies, units('50')]] });
  for (const user of [bob, charlie]) await send(suite, user, 'alv', 'PSP22::approve', { spender: factory, value: units('40') });
  /** What ALV and the factory tell when the factory takes what it was allowed. */
  const collected = (from, amount, left) => [
    ['alv', 'Approval', { owner: from, spender: factory, amount: left }],
    ['alv', 'Transfer', { from, to: factory, value: amount }],
    ['derived_factory', 'Deposited', { account: from, amount }],
  ];
  const tokens = [];
  for (const [index, symbol] of ['WELL', 'CARE'].entries()) {
    const dapp = BigInt(index);
    const profile = { ...terms, label: { name: symbol, symbol, decimals: 2 }, treasury: bobs };
    const { value } = await dryRun(suite, bobs, 'derived_factory', 'register', { profile, stake });
    assert.equal(value, dapp);
    const { events } = await send(suite, bob, 'derived_factory', 'register', { profile, stake });
    const { token, ...registered } = events.at(-1).fields;
    assert.equal(events.at(-1).name, 'DappRegistered');
    assert.deepEqual(registered, { dapp, operator: bobs, treasury: bobs, terms: { ...terms, stakeShare: 1_000 }, stake });
    assert.equal(await read(suite, 'derived_factory', 'dapp_of', { token }), dapp);
    seen.derived_factory.add('DappRegistered');
    const name = await derivedToken(suite, dapp);
    assert.equal(await read(suite, name, 'PSP22Metadata::token_symbol'), symbol);
    seen[name] = new Set();
    tokens.push(name);
  }
  const [well, care] = tokens;
  await tells(charlie, 'derived_factory', 'buy', { dapp: 0, paid: units('1'), minTokens: 10, minBacking: backing(await read(suite, 'derived_factory', 'dapp', { dapp: 0 }), 10n) },
    ...collected(charlies, units('1'), units('39')),
    [well, 'Transfer', { from: null, to: charlies, value: 10n }],
    ['derived_factory', 'TokensIssued', { dapp: 0n, payer: charlies, to: charlies, tokens: 10n, paid: units('1'), paidIn: 0n }]);
  const [order, value] = [{ dapp: 1, minTokens: 1, minBacking: units('0.05') }, units('0.1')];
  await tells(charlie, 'alv', 'PSP22Payable::transfer_and_call', { to: factory, value, data: orderBytes(suite, order) },
    ['alv', 'Transfer', { from: charlies, to: factory, value }],
    [care, 'Transfer', { from: null, to: charlies, value: 1n }],
    ['derived_factory', 'TokensIssued', { dapp: 1n, payer: charlies, to: charlies, tokens: 1n, paid: value, paidIn: value }]);
  const refused = { ...order, minTokens: 2 };
  await assert.rejects(send(suite, charlie, 'alv', 'PSP22Payable::transfer_and_call', { to: factory, value, data: orderBytes(suite, refused) }), { error: 'Custom(NotAccepted)' });
  const { alv } = suite.contracts;
  await assert.rejects(dryRun(suite, alv.address, 'derived_factory', 'on_received', { from: charlies, value, order: refused }, 0), { error: 'TooLittle' });
  for (const token of tokens) {
    await tells(charlie, token, 'PSP22::approve', { spender: bobs, value: 1 },
      [token, 'Approval', { owner: charlies, spender: bobs, amount: 1n }]);
  }
  await tells(charlie, 'derived_factory', 'convert', { from: 0, tokens: 4, minCredit: units('0.2'), to: 1, minTokens: 2, minBacking: 0 },
    [well, 'Transfer', { from: charlies, to: null, value: 4n }],
    ['derived_factory', 'TokensRedeemed', { dapp: 0n, holder: charlies, tokens: 4n, credited: units('0.2') }],
    [care, 'Transfer', { from: null, to: charlies, value: 2n }],
    ['derived_factory', 'TokensIssued', { dapp: 1n, payer: charlies, to: charlies, tokens: 2n, paid: units('0.2'), paidIn: 0n }]);
  await tells(charlie, 'derived_factory', 'redeem', { dapp: 0, tokens: 2, minCredit: 1 },
    [well, 'Transfer', { from: charlies, to: null, value: 2n }],
    ['derived_factory', 'TokensRedeemed', { dapp: 0n, holder: charlies, tokens: 2n, credited: units('0.1') }]);
  await tells(charlie, 'derived_factory', 'withdraw', { to: charlies },
    ['alv', 'Transfer', { from: factory, to: charlies, value: units('0.1') }],
    ['derived_factory', 'CreditWithdrawn', { account: charlies, to: charlies, amount: units('0.1') }]);

  await tells(bob, 'derived_factory', 'fund', { dapp: 0, fund: 'Prepaid', amount: units('2') },
    ...collected(bobs, units('2'), units('18')),
    ['derived_factory', 'FundsMoved', { dapp: 0n, flow: 'Prepaid', amount: units('2'), account: bobs }]);
  const gift = { dapp: 0, to: charlies, tokens: 3 };
  const voucher = { signer: bobs, action: gift, nonce: 0, deadline: await clock(suite) + 600_000 };
  const signature = tagged(u8aToHex(bob.sign(voucherBytes(suite, voucher))), bob.type);
  await assert.rejects(send(suite, alice, 'derived_factory', 'redeem_voucher', { voucher: { ...voucher, action: { ...gift, tokens: 4 } }, signature }), { error: 'Request(BadSignature)' });
  await tells(alice, 'derived_factory', 'redeem_voucher', { voucher, signature },
    [well, 'Transfer', { from: null, to: charlies, value: 3n }],
    ['derived_factory', 'TokensIssued', { dapp: 0n, payer: null, to: charlies, tokens: 3n, paid: units('0.3'), paidIn: 0n }]);
  const successor = { treasury: bobs, signer: bobs, successor: charlies };
  await tells(bob, 'derived_factory', 'appoint', { dapp: 0, ...successor },
    ['derived_factory', 'DappAppointed', { dapp: 0n, operator: bobs, pending: charlies, treasury: bobs, signer: bobs }]);

  const told = async (account, message, args) => {
    const { events } = await send(suite, account, 'derived_factory', message, args);
    for (const { contract, name } of events) seen[contract].add(name);
    return events.at(-1);
  };
  const beat = await told(bob, 'heartbeat', { dapp: 0 });
  assert.equal(beat.name, 'HeartbeatSent');
  assert.ok(beat.fields.aliveUntil > BigInt(await clock(suite)));
  const announced = await told(bob, 'announce_price', { dapp: 0, price: units('0.2') });
  assert.equal(announced.fields.price, price);
  assert.equal(announced.fields.next.value, units('0.2'));
  const rules = { minCover: 6_000, stakeShare: 2_000, minStake: units('20') };
  const changed = await told(alice, 'announce_rules', { rules });
  assert.deepEqual(changed.fields.next.value, rules);

  const closed = await told(bob, 'close', { dapp: 0 });
  const { ends, ...failure } = closed.fields.state.Failed;
  const pot = units('10') + units('0.5') - units('0.3') + units('0.5') + units('0.3');
  assert.deepEqual(failure, { cause: 'OwnWord', pot, supply: 7n, left: pot });
  await assert.rejects(send(suite, charlie, well, 'PSP22::transfer', { to: bobs, value: 1, data: [] }), { error: 'Custom(Frozen)' });
  await tells(alice, 'derived_factory', 'claim', { dapp: 0, holder: charlies },
    [well, 'Transfer', { from: charlies, to: null, value: 7n }],
    ['alv', 'Transfer', { from: factory, to: charlies, value: units('0.7') }],
    ['derived_factory', 'ShareClaimed', { dapp: 0n, holder: charlies, tokens: 7n, paid: units('0.7') }]);
});

test('who follows a lost key inherits a DAPP, and a credit of the factory', async () => {
  const heir = somebody();
  const [bobs, heirs, factory] = [bob.address, heir.address, suite.contracts.derived_factory.address.toString()];
  await finalized(shared.api.tx.balances.transferKeepAlive(heirs, 10n ** 15n), alice);
  const value = units('0.1');
  await tells(bob, 'alv', 'PSP22Payable::transfer_and_call', { to: factory, value, data: orderBytes(suite, null) },
    ['alv', 'Transfer', { from: bobs, to: factory, value }],
    ['derived_factory', 'Deposited', { account: bobs, amount: value }]);
  const credit = await read(suite, 'derived_factory', 'credit_of', { account: bobs });
  const [inherit, dapp] = [{ holding: { Credit: bobs } }, { holding: { Dapp: 1 } }];
  await assert.rejects(send(suite, heir, 'derived_factory', 'inherit', dapp), { error: 'NotHeir(NotSuccessor)' });

  await replaceKey(shared, identities.derived_factory, { guardian: charlie, former: bob, heir });
  await tells(heir, 'derived_factory', 'inherit', dapp,
    ['derived_factory', 'Inherited', { holding: { Dapp: 1n }, former: bobs, heir: heirs }],
    ['derived_factory', 'DappAppointed', { dapp: 1n, operator: heirs, pending: null, treasury: heirs, signer: heirs }]);
  await tells(heir, 'derived_factory', 'inherit', inherit,
    ['derived_factory', 'Inherited', { ...inherit, former: bobs, heir: heirs }]);
  await tells(heir, 'derived_factory', 'withdraw', { to: heirs },
    ['alv', 'Transfer', { from: factory, to: heirs, value: credit }],
    ['derived_factory', 'CreditWithdrawn', { account: heirs, to: heirs, amount: credit }]);
});

test('a council decides, pauses at once, and changes itself', async () => {
  const [alices, bobs, charlies] = [alice, bob, charlie].map(({ address }) => address);
  const bar = { threshold: 2, delay: 1_000n };
  const terms = {
    routine: { threshold: 2, delay: 0n },
    grave: bar,
    constitutional: bar,
    lifetime: 600_000n,
    emergency: { threshold: 2, window: 60_000n, cooldown: 60_000n },
  };
  // ALV of its own: what is paused here would be missing elsewhere.
  const alv = await own(shared, 'alv', {
    supply: units('10'),
    cap: units('10'),
    pause: { duration: 60_000, cooldown: 60_000 },
    chain: shared.api.genesisHash,
  });
  const contract = await own(shared, 'council', { members: [alices, bobs, charlies], terms, leastDelay: 1_000, chain: shared.api.genesisHash });
  const hall = { ...shared, contracts: { alv, council: contract } };
  suite.contracts.council = contract;
  const council = contract.address.toString();
  const target = alv.address.toString();

  /** Proposes, has Bob approve, and waits until it can be executed. */
  const decided = async (action, kind) => {
    const { events: [proposed, voted] } = await send(hall, alice, 'council', 'propose', { action });
    const { proposal, expires, ...rest } = proposed.fields;
    assert.deepEqual([proposed.name, rest], ['Proposed', { proposer: alices, class: kind }]);
    assert.ok(expires > BigInt(await clock(hall)));
    assert.deepEqual([voted.name, voted.fields], ['Voted', { proposal, member: alices, approvals: 1, objections: 0, ready: null }]);
    const { events: [approved] } = await send(hall, bob, 'council', 'approve', { proposal });
    const { ready, ...vote } = approved.fields;
    assert.deepEqual(vote, { proposal, member: bobs, approvals: 3, objections: 0 });
    for (const { name } of [proposed, voted]) seen.council.add(name);
    await assert.rejects(send(hall, charlie, 'council', 'approve', { proposal: proposal + 1n }), { error: 'UnknownProposal' });
    await until(hall, Number(ready));
    return proposal;
  };

  await tellsIn(hall, bob, 'council', 'deposit', {}, ['council', 'Deposited', { from: bobs, amount: 0n }]);
  await tellsIn(hall, alice, 'alv', 'PSP22::transfer', { to: council, value: units('2'), data: [] },
    ['alv', 'Transfer', { from: alices, to: council, value: units('2') }]);
  const payment = councilCall(hall, 'alv', 'PSP22::transfer', { to: charlies, value: units('1'), data: [] });
  const proposal = await decided({ Calls: [payment] }, 'Grave');
  const { action } = await read(hall, 'council', 'proposal', { proposal });
  assert.deepEqual(action, { Calls: [payment] });
  await tellsIn(hall, charlie, 'council', 'execute', { proposal },
    ['alv', 'Transfer', { from: council, to: charlies, value: units('1') }],
    ['council', 'ProposalExecuted', { proposal }]);
  await assert.rejects(send(hall, charlie, 'council', 'execute', { proposal }), { error: 'Executed' });

  await send(hall, alice, 'council', 'propose', { action: { Pay: { to: alices, amount: 1n } } });
  // Bob signs, and Charlie submits.
  const request = {
    signer: bobs,
    action: await councilVote(hall, 'Object', proposal + 1n, bobs),
    nonce: await freeNonce(hall, 'council', bobs),
    deadline: await clock(hall) + 50_000,
  };
  const signature = tagged(u8aToHex(bob.sign(u8aWrapBytes(requestBytes(hall, 'council', request)))), bob.type);
  await tellsIn(hall, charlie, 'council', 'act_for', { request, signature },
    ['council', 'Voted', { proposal: proposal + 1n, member: bobs, approvals: 1, objections: 2, ready: null }]);
  await tellsIn(hall, alice, 'council', 'cancel', { proposal: proposal + 1n },
    ['council', 'Voted', { proposal: proposal + 1n, member: alices, approvals: 0, objections: 3, ready: null }],
    ['council', 'ProposalCancelled', { proposal: proposal + 1n }]);

  await send(hall, alice, 'alv', 'AccessControl::grant_role', { role: role('PAUSER'), account: council });
  await tellsIn(hall, bob, 'council', 'emergency_pause', { target },
    ['council', 'EmergencyCalled', { target, member: bobs }]);
  const { events } = await send(hall, charlie, 'council', 'emergency_pause', { target });
  assert.deepEqual(events.map(({ contract, name }) => `${contract}.${name}`),
    ['council.EmergencyCalled', 'alv.PauseChanged', 'council.EmergencyPaused']);
  assert.ok(events[2].fields.cooled > BigInt(await clock(hall)));
  seen.council.add('EmergencyPaused');
  await assert.rejects(send(hall, alice, 'council', 'emergency_pause', { target }), { error: 'CoolingDown' });

  const { selector } = payment;
  const list = await decided({ List: { target, selector, routine: true } }, 'Constitutional');
  await tellsIn(hall, charlie, 'council', 'execute', { proposal: list },
    ['council', 'RoutineChanged', { era: 1, target, selector, routine: true }],
    ['council', 'ProposalExecuted', { proposal: list }]);
  const change = { remove: [charlies], add: [], terms };
  const amend = await decided({ Amend: change }, 'Constitutional');
  await tellsIn(hall, charlie, 'council', 'execute', { proposal: amend },
    ['council', 'ConstitutionChanged', { era: 2, members: [alices, bobs], terms }],
    ['council', 'ProposalExecuted', { proposal: amend }]);
  await assert.rejects(send(hall, charlie, 'council', 'propose', { action: { Amend: change } }), { error: 'NotMember' });
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
  const { events: [stopped] } = await send(suite, alice, 'derived_factory', 'Pausable::pause');
  seen.derived_factory.add(stopped.name);
  const buy = { dapp: 1, paid: units('1'), minTokens: 1, minBacking: 0 };
  await assert.rejects(send(suite, charlie, 'derived_factory', 'buy', buy), { error: 'Access(Paused)' });
  for (const contract of ['alv', 'olife_nexus', 'derived_factory']) {
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
