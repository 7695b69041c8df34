// A connection to the suite on one chain.

import { ApiPromise, WsProvider } from '@polkadot/api';
import { ContractPromise } from '@polkadot/api-contract';
import { BOOKS, readBook, readMetadata } from './book.mjs';

/** Where a development node listens, unless ALLIVE_NODE_URL names another. */
export const NODE = process.env.ALLIVE_NODE_URL ?? 'ws://127.0.0.1:9944';

/**
 * Connects to a node, finds the book of its chain, and binds the metadata to the addresses in it.
 * Returns `{ api, book, contracts }`, `contracts` by their names in the book; see `derivedToken` for
 * the tokens of DAPPs.
 */
export async function connect({ url = NODE, folder = BOOKS } = {}) {
  const api = await connected(url);
  try {
    const book = await readBook(api.genesisHash.toHex(), folder);
    const contracts = {};
    for (const [name, { address }] of Object.entries(book.contracts)) {
      contracts[name] = new ContractPromise(api, await readMetadata(name), address);
    }
    return { api, book, contracts };
  } catch (error) {
    await api.disconnect();
    throw error;
  }
}

/**
 * The time, in milliseconds. What has ended is decided by the clock of the chain; on a development
 * node it may have been advanced, and stands still while nobody sends anything.
 */
export async function clock({ api }) {
  const last = await api.query.timestamp.now();
  return Math.max(last.toNumber(), Date.now());
}

async function connected(url) {
  const provider = new WsProvider(url);
  try {
    return await ApiPromise.create({ provider, noInitWarn: true, throwOnConnect: true });
  } catch (error) {
    await provider.disconnect();
    throw new Error(`no node answers at ${url} (${error.message}). \`make node\` starts one; ALLIVE_NODE_URL names another`);
  }
}
