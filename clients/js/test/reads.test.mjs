import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dryRun, read } from '../src/call.mjs';
import { connect } from '../src/suite.mjs';
import { alice } from './world.mjs';

let suite;
before(async () => { suite = await connect(); });
after(() => suite?.api.disconnect());

test('the book is that of the chain, and has the seven contracts', () => {
  assert.equal(suite.book.chain.genesis, suite.api.genesisHash.toHex());
  assert.deepEqual(Object.keys(suite.contracts).sort(), ['alv', 'alv_distributor', 'council', 'derived_factory', 'olife_id', 'olife_nexus', 'provenance']);
});

test('what stands at each address is a contract with the code that the book names', async () => {
  for (const { address, account, code_hash } of Object.values(suite.book.contracts)) {
    const info = await suite.api.query.contracts.contractInfoOf(address);
    assert.equal(info.unwrap().codeHash.toHex(), code_hash);
    assert.equal(suite.api.createType('AccountId', address).toHex(), account);
  }
});

test('ALV tells its name, symbol, decimals and supply', async () => {
  assert.equal(await read(suite, 'alv', 'PSP22Metadata::token_name'), 'ALLIVE');
  assert.equal(await read(suite, 'alv', 'PSP22Metadata::token_symbol'), 'ALV');
  assert.equal(await read(suite, 'alv', 'PSP22Metadata::token_decimals'), 8);
  const supply = await read(suite, 'alv', 'PSP22::total_supply');
  assert.ok(supply > 0n && supply <= await read(suite, 'alv', 'cap'));
});

test('the contracts know each other', async () => {
  const { alv: token } = suite.contracts;
  assert.equal(await read(suite, 'olife_nexus', 'alv'), token.address.toString());
  const setup = await read(suite, 'olife_id', 'stored', { query: 'Setup' });
  assert.equal(setup.Setup.alv, token.address.toString());
  assert.equal(setup.Setup.chain, suite.api.genesisHash.toHex());
  const terms = await read(suite, 'alv_distributor', 'terms');
  assert.equal(terms.token, token.address.toString());
  assert.equal(terms.chain, suite.api.genesisHash.toHex());
  assert.equal(await read(suite, 'derived_factory', 'alv'), token.address.toString());
  assert.equal(await read(suite, 'provenance', 'identities'), suite.contracts.olife_id.address.toString());
  assert.equal(await read(suite, 'provenance', 'chain'), suite.api.genesisHash.toHex());
});

test('the council tells who decides, and its book what it was given', async () => {
  const { members, leastDelay, era } = await read(suite, 'council', 'constitution');
  const given = suite.book.contracts.council.arguments;
  assert.deepEqual([members, leastDelay], [given.members, BigInt(given.least_delay)]);
  assert.equal(era, 0);
  assert.equal(await read(suite, 'council', 'chain'), suite.api.genesisHash.toHex());
});

test('the factory creates tokens of the code that the book names and the chain has', async () => {
  const { tokenCode, chain, rules } = await read(suite, 'derived_factory', 'terms');
  assert.equal(tokenCode, suite.book.codes.derived_token.code_hash);
  assert.ok((await suite.api.query.contracts.codeInfoOf(tokenCode)).isSome);
  assert.equal(chain, suite.api.genesisHash.toHex());
  assert.ok(rules.minStake > 0n && rules.minCover <= 10_000);
});

test('what is not there is null', async () => {
  assert.equal(await read(suite, 'olife_nexus', 'record', { record: 2n ** 64n - 1n }), null);
  assert.equal(await read(suite, 'derived_factory', 'dapp', { dapp: 2n ** 64n - 1n }), null);
  assert.equal(await read(suite, 'derived_factory', 'dapp_of', { token: alice.address }), null);
  assert.equal(await read(suite, 'provenance', 'product', { name: { Gtin: 1n } }), null);
});

test('an argument that is missing, or that a message does not have, is named', async () => {
  await assert.rejects(read(suite, 'alv', 'PSP22::balance_of'), /takes \(owner\): see owner/);
  const more = { owner: alice.address, at: 0 };
  await assert.rejects(read(suite, 'alv', 'PSP22::balance_of', more), /takes \(owner\): see at/);
});

test('a dry run tells weight and deposit, and changes nothing', async () => {
  const before = await read(suite, 'olife_nexus', 'record_count');
  const args = { commitment: `0x${'11'.repeat(32)}`, kind: 'Dicom', pointer: '0x01' };
  const { value, gasLimit, deposit } = await dryRun(suite, alice.address, 'olife_nexus', 'register', args);
  assert.equal(value, before);
  assert.ok(gasLimit.refTime.toBigInt() > 0n && deposit > 0n);
  assert.equal(await read(suite, 'olife_nexus', 'record_count'), before);
});
