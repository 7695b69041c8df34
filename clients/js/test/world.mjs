// What the tests share: the development accounts, the chain's clock, a suite for one test.

import { Keyring } from '@polkadot/api';
import { BlueprintPromise } from '@polkadot/api-contract';
import { randomAsHex } from '@polkadot/util-crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readMetadata } from '../src/book.mjs';
import { finalized } from '../src/call.mjs';

const keys = new Keyring({ type: 'sr25519' });
export const [alice, bob, charlie] = ['//Alice', '//Bob', '//Charlie'].map((name) => keys.addFromUri(name));

/** An account that nobody used before. */
export const somebody = () => keys.addFromUri(randomAsHex());

/** Waits until a block is at least as late as `moment`. Without transactions there are no blocks. */
export async function until({ api }, moment) {
  while ((await api.query.timestamp.now()).toNumber() < moment) {
    await sleep(250);
    await finalized(api.tx.system.remark(''), alice);
  }
}

/**
 * A contract of its own, from the code that the book names: what a test does to it is nobody else's
 * business, and can be done again. Its deployer is Alice.
 */
export async function own({ api, book }, name, args) {
  const blueprint = new BlueprintPromise(api, await readMetadata(name), book.contracts[name].code_hash);
  const inputs = blueprint.abi.constructors[0].args.map((argument) => args[argument.name]);
  const [code, salt] = [{ Existing: blueprint.codeHash }, randomAsHex()];
  const input = blueprint.abi.constructors[0].toU8a(inputs);
  const { gasRequired } = await api.call.contractsApi.instantiate(alice.address, 0, null, null, code, input, salt);
  const options = { gasLimit: gasRequired, salt };
  const { contract, dispatchError } = await finalized(blueprint.tx.new(options, ...inputs), alice);
  if (dispatchError) throw new Error(`${name} was not created: ${dispatchError}`);
  return contract;
}
