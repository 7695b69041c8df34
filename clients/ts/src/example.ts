// The suite's story with types: what is read, sent and told has the types of the generated clients.
//
//   npm start        ALLIVE_NODE_URL and ALLIVE_BOOK say where, if not at home

import { Keyring } from '@polkadot/keyring';
import { cryptoWaitReady, randomAsHex } from '@polkadot/util-crypto';
import { Refused, send } from './call.js';
import { connect } from './suite.js';

const ALV = 100_000_000n;

await cryptoWaitReady();
const { client, book, contracts, derivedToken } = await connect();
const { alv, olife_nexus: nexus, derived_factory: factory } = contracts;
const keys = new Keyring({ type: 'sr25519', ss58Format: book.chain.address_prefix });
const [alice, patient, group] = [keys.addFromUri('//Alice'), keys.addFromUri('//Bob'), keys.addFromUri('//Charlie')];
const operator = keys.addFromUri('//Dave');

const { data: supply } = await alv.query.psp22TotalSupply();
console.log(`${book.chain.name}: ${supply / ALV} ALV at ${alv.address}`);

const paid = await send(alv, alice, 'psp22Transfer', group.address, 10n * ALV, '0x');
console.log('Transfer of', alv.events.Transfer.find(paid)?.data.value);

const registered = await send(nexus, patient, 'register', randomAsHex(), 'Fhir', 'ipfs://ciphertext');
const { record } = told(nexus.events.RecordRegistered.find(registered));
console.log('RecordRegistered', record);

const price = ALV / 4n;
const now = await client.query.timestamp.now();
const offered = await send(nexus, patient, 'offer', record, {
  grantee: group.address,
  purpose: 'Research',
  price,
  uses: 1,
  expires: now + 24n * 3_600_000n,
});
const { grant, expires } = told(nexus.events.GrantOffered.find(offered));
console.log('GrantOffered', grant, 'until', new Date(Number(expires)).toISOString());

await send(alv, group, 'psp22Approve', nexus.address, price);
const bought = await send(nexus, group, 'buy', grant, 1, price);
console.log('UsesBought for', told(nexus.events.UsesBought.find(bought)).paid);

const used = await send(nexus, group, 'useRecord', grant, randomAsHex());
console.log('RecordUsed, number', told(nexus.events.RecordUsed.find(used)).number);

const { data: again } = await nexus.query.useRecord(grant, randomAsHex(), { caller: group.address });
if (!again.isErr || again.err.type !== 'NoUsesLeft') throw new Error('the second use was not refused');
const refused = await send(nexus, group, 'useRecord', grant, randomAsHex()).catch((error: unknown) => error);
if (!(refused instanceof Refused)) throw new Error('the second use was not refused');

// A DAPP stakes ALV, and the factory creates its token.
const { data: { rules: { minStake: stake } } } = await factory.query.terms();
await send(alv, alice, 'psp22Transfer', operator.address, stake, '0x');
await send(alv, operator, 'psp22Approve', factory.address, stake);
const profile = {
  label: { name: 'Wellness', symbol: 'WELL', decimals: 2 },
  price: ALV / 100n, // of 0.01 WELL, its smallest unit
  cap: 100_000_000n,
  reserveShare: 5_000,
  cover: 10_000,
  treasury: operator.address,
};
const { dapp, token: address } = told(factory.events.DappRegistered.find(await send(factory, operator, 'register', profile, stake)));
const token = await derivedToken(address);
const { data: symbol } = await token.query.psp22MetadataTokenSymbol();

await send(alv, group, 'psp22Approve', factory.address, ALV);
// Half of what is paid goes into the reserve, and at least that must stand behind the units.
const sold = await send(factory, group, 'buy', dapp, ALV, ALV / profile.price, ALV / 2n);
const { tokens } = told(factory.events.TokensIssued.find(sold));
console.log('TokensIssued', tokens, symbol, 'and', told(token.events.Transfer.find(sold)).value, 'of them transferred');
const { data: behind } = await factory.query.dapp(dapp);
console.log('of reserve', behind?.money.reserve, 'and of stake', behind?.money.stake);

console.log(`EXAMPLE: passed. 1 use of record ${record} paid; ${again.err.type} refused the second; ${tokens} units of ${symbol} bought.`);
await client.disconnect();

function told<T>(event: { data: T } | undefined): T {
  if (event === undefined) throw new Error('the contract did not tell what it should have');
  return event.data;
}
