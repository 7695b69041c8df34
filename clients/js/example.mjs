// The suite's story from a front end: ALV is read and moved, a record registered, offered, bought and used, a
// token of a DAPP read and bought.
//
//   node example.mjs        ALLIVE_NODE_URL and ALLIVE_BOOK say where, if not at home

import { Keyring } from '@polkadot/api';
import { randomAsHex } from '@polkadot/util-crypto';
import { inspect } from 'node:util';
import { read, Refused, send } from './src/call.mjs';
import { clock, connect } from './src/suite.mjs';
import { backing, derivedToken, orderBytes } from './src/tokens.mjs';
import { alv, amount, units } from './src/units.mjs';

const suite = await connect();
const { book, contracts } = suite;
const keys = new Keyring({ type: 'sr25519', ss58Format: book.chain.address_prefix });
const [alice, patient, group, operator] = ['//Alice', '//Bob', '//Charlie', '//Dave'].map((name) => keys.addFromUri(name));
let told = 0;

/** Sends a call, and prints what the contracts told. Returns the last thing told. */
async function act(account, contract, message, args) {
  console.log(`\n${contract} ${message}`);
  const { events } = await send(suite, account, contract, message, args);
  for (const { contract, name, fields } of events) {
    const text = Object.entries(fields).map(([field, value]) => `${field} ${typeof value === 'object' ? inspect(value, { breakLength: Infinity }) : value}`);
    console.log(`  ${contract}.${name}: ${text.join(', ')}`);
  }
  told += events.length;
  return events.at(-1).fields;
}

const balance = async ({ address }) => alv(await read(suite, 'alv', 'PSP22::balance_of', { owner: address }));

const symbol = await read(suite, 'alv', 'PSP22Metadata::token_symbol');
console.log(`${book.chain.name}, suite ${book.suite.version}`);
console.log(`${symbol} at ${contracts.alv.address}, supply ${alv(await read(suite, 'alv', 'PSP22::total_supply'))}`);

await act(alice, 'alv', 'PSP22::transfer', { to: group.address, value: units('10'), data: [] });
console.log(`  the group holds ${await balance(group)} ${symbol}`);

// What goes on the chain is a commitment; see offchain/records for the real one, over a FHIR bundle.
const { record } = await act(patient, 'olife_nexus', 'register', {
  commitment: randomAsHex(),
  kind: 'Fhir',
  pointer: 'ipfs://ciphertext',
});
const price = units('0.25');
const { grant } = await act(patient, 'olife_nexus', 'offer', {
  record,
  terms: { grantee: group.address, purpose: 'Research', price, uses: 2, expires: await clock(suite) + 24 * 3_600_000 },
});
await act(group, 'alv', 'PSP22::approve', { spender: contracts.olife_nexus.address, value: 2n * price });
await act(group, 'olife_nexus', 'buy', { grant, uses: 2, maxPrice: price });
await act(group, 'olife_nexus', 'use_record', { grant, request: randomAsHex() });
await act(group, 'olife_nexus', 'use_record', { grant, request: randomAsHex() });

console.log('\nolife_nexus use_record, a third time');
const refusal = await send(suite, group, 'olife_nexus', 'use_record', { grant, request: randomAsHex() }).catch((error) => error);
if (!(refusal instanceof Refused)) throw new Error('the third use was not refused');
console.log(`  ${refusal.error}`);

await act(patient, 'olife_nexus', 'withdraw', { to: patient.address });
console.log(`  the patient holds ${await balance(patient)} ${symbol}`);

// A DAPP stakes ALV, and the factory creates its token.
const factory = contracts.derived_factory.address;
const { rules } = await read(suite, 'derived_factory', 'terms');
await act(alice, 'alv', 'PSP22::transfer', { to: operator.address, value: rules.minStake, data: [] });
await act(operator, 'alv', 'PSP22::approve', { spender: factory, value: rules.minStake });
const { dapp } = await act(operator, 'derived_factory', 'register', {
  profile: {
    label: { name: 'Wellness', symbol: 'WELL', decimals: 2 },
    price: units('0.01'), // of 0.01 WELL, its smallest unit
    cap: 100_000_000n,
    reserveShare: 5_000,
    cover: 10_000,
    treasury: operator.address,
  },
  stake: rules.minStake,
});
const token = await derivedToken(suite, dapp);
const [well, decimals] = await Promise.all(['token_symbol', 'token_decimals'].map((name) => read(suite, token, `PSP22Metadata::${name}`)));

const paid = units('1');
const offer = await read(suite, 'derived_factory', 'dapp', { dapp });
const minTokens = paid / offer.terms.price;
const data = orderBytes(suite, { dapp, minTokens, minBacking: backing(offer, minTokens) });
await act(group, 'alv', 'PSP22Payable::transfer_and_call', { to: factory, value: paid, data });
const bought = await read(suite, token, 'PSP22::balance_of', { owner: group.address });
console.log(`  the group holds ${amount(bought, decimals)} ${well}`);
const { money } = await read(suite, 'derived_factory', 'dapp', { dapp });
console.log(`  behind it stand ${alv(money.reserve)} ${symbol} of reserve and ${alv(money.stake)} of stake`);

console.log(`\nEXAMPLE: passed. 2 uses of record ${record} paid; ${refusal.error} refused the third; ${amount(bought, decimals)} ${well} bought; ${told} events decoded.`);
await suite.api.disconnect();
