// Derived tokens: each DAPP has one, which the factory created and the address book does not name.

import { ContractPromise } from '@polkadot/api-contract';
import { u8aToHex } from '@polkadot/util';
import { readMetadata } from './book.mjs';
import { read } from './call.mjs';

/**
 * Binds the token of a DAPP. Returns the name under which the suite has it from then on, to be read,
 * sent to, and to have its events decoded.
 */
export async function derivedToken(suite, dapp) {
  const name = `derived_token/${dapp}`;
  if (!(name in suite.contracts)) {
    const { token } = await read(suite, 'derived_factory', 'dapp', { dapp });
    suite.contracts[name] = new ContractPromise(suite.api, await readMetadata('derived_token'), token);
  }
  return name;
}

/**
 * What ALV that is paid to the factory is for, in hexadecimal digits, as the data of ALV's `transfer_and_call`: an order
 * `{ dapp, minTokens, minBacking }`, or `null` to have it as credit.
 */
export function orderBytes({ contracts: { derived_factory: factory } }, order) {
  const { type } = factory.abi.findMessage('on_received').args[2];
  // Bytes as digits: polkadot.js takes bytes of its own kind for encoded already.
  return u8aToHex(factory.abi.registry.createType(type.lookupName ?? type.type, order).toU8a());
}

/**
 * The ALV for which so many units of a DAPP's token can be redeemed right after they are bought now: what a buyer names
 * as `minBacking`. After a rise of the price it is less than the reserve's share of what they cost, since all units are
 * backed alike.
 */
export function backing({ terms, money, supply }, tokens) {
  const up = (a, b) => (a + b - 1n) / b;
  const promised = tokens * up(terms.price * BigInt(terms.reserveShare), 10_000n);
  const present = supply > 0n ? up(tokens * money.reserve, supply) : 0n;
  const reserve = money.reserve + (promised > present ? promised : present);
  return (tokens * reserve) / (supply + tokens);
}
