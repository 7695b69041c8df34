// A connection to the suite on one chain: the address book, and a typed client for each contract.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { LegacyClient, WsProvider } from 'dedot';
import type { AccountId32 } from 'dedot/codecs';
import { Contract } from 'dedot/contracts';
import type { Contracts } from '../generated/index.js';

/** The address book, as far as a front end needs it. `allive up` writes it. */
export interface Book {
  chain: { genesis: string; name: string; address_prefix: number };
  suite: { version: string };
  contracts: Record<string, { address: string }>;
}

export interface Suite {
  client: LegacyClient;
  book: Book;
  /** Those that the book names, by their names there. */
  contracts: { [Name in Exclude<keyof Contracts, 'derived_token'>]: Contract<Contracts[Name]> };
  /** The token at an address that the factory named: the book does not name those. */
  derivedToken: (token: AccountId32) => Promise<Contract<Contracts['derived_token']>>;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Connects to a node, finds the book of its chain, and binds the clients to the addresses in it. */
export async function connect(
  url = process.env.ALLIVE_NODE_URL ?? 'ws://127.0.0.1:9944',
  folder = process.env.ALLIVE_BOOK ?? here('../../../deployments'),
): Promise<Suite> {
  // Not the newer `DedotClient`: by its RPC a node takes a transaction up with the next block, and a
  // development node makes a block only for a transaction.
  const client = await LegacyClient.new(new WsProvider(url)).catch(() => {
    throw new Error(`no node answers at ${url}. \`make node\` starts one; ALLIVE_NODE_URL names another`);
  });
  try {
    const book: Book = await json(`${folder}/${client.genesisHash}.json`);
    const bound = async <Name extends keyof Contracts>(name: Name, address: string) => {
      // Who asks does not matter to queries, and somebody must.
      const options = { defaultCaller: address };
      return new Contract<Contracts[Name]>(client, await json(here(`../../metadata/${name}.json`)), address, options);
    };
    const named = Object.entries(book.contracts).map(async ([name, { address }]) => [name, await bound(name as keyof Contracts, address)]);
    return {
      client,
      book,
      contracts: Object.fromEntries(await Promise.all(named)) as Suite['contracts'],
      derivedToken: (token) => bound('derived_token', token.address()),
    };
  } catch (error) {
    await client.disconnect();
    throw new Error(`no address book of this chain (${error}). \`allive up\` deploys the suite and writes it; ALLIVE_BOOK names another folder`);
  }
}

const json = async (file: string) => JSON.parse(await readFile(file, 'utf8'));
