// A connection to the suite on one chain: the address book, and a typed client for each contract.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { LegacyClient, WsProvider } from 'dedot';
import type { AccountId32 } from 'dedot/codecs';
import { Contract, type GenericContractApi } from 'dedot/contracts';
import type { AlvContractApi } from '../generated/alv/index.js';
import type { AlvDistributorContractApi } from '../generated/alv-distributor/index.js';
import type { CouncilContractApi } from '../generated/council/index.js';
import type { DerivedFactoryContractApi } from '../generated/derived-factory/index.js';
import type { DerivedTokenContractApi } from '../generated/derived-token/index.js';
import type { OlifeIdContractApi } from '../generated/olife-id/index.js';
import type { OlifeNexusContractApi } from '../generated/olife-nexus/index.js';

/** The address book, as far as a front end needs it. `allive up` writes it. */
export interface Book {
  chain: { genesis: string; name: string; address_prefix: number };
  suite: { version: string };
  contracts: Record<string, { address: string }>;
}

export interface Suite {
  client: LegacyClient;
  book: Book;
  council: Contract<CouncilContractApi>;
  alv: Contract<AlvContractApi>;
  distributor: Contract<AlvDistributorContractApi>;
  identities: Contract<OlifeIdContractApi>;
  nexus: Contract<OlifeNexusContractApi>;
  factory: Contract<DerivedFactoryContractApi>;
  /** The token at an address that the factory named: the book does not name those. */
  derivedToken: (token: AccountId32) => Promise<Contract<DerivedTokenContractApi>>;
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
    const bound = async <Api extends GenericContractApi>(name: string, address: string) => {
      // Who asks does not matter to queries, and somebody must.
      const options = { defaultCaller: address };
      return new Contract<Api>(client, await json(here(`../../metadata/${name}.json`)), address, options);
    };
    const contract = <Api extends GenericContractApi>(name: string) => bound<Api>(name, book.contracts[name]!.address);
    return {
      client,
      book,
      council: await contract<CouncilContractApi>('council'),
      alv: await contract<AlvContractApi>('alv'),
      distributor: await contract<AlvDistributorContractApi>('alv_distributor'),
      identities: await contract<OlifeIdContractApi>('olife_id'),
      nexus: await contract<OlifeNexusContractApi>('olife_nexus'),
      factory: await contract<DerivedFactoryContractApi>('derived_factory'),
      derivedToken: (token) => bound<DerivedTokenContractApi>('derived_token', token.address()),
    };
  } catch (error) {
    await client.disconnect();
    throw new Error(`no address book of this chain (${error}). \`allive up\` deploys the suite and writes it; ALLIVE_BOOK names another folder`);
  }
}

const json = async (file: string) => JSON.parse(await readFile(file, 'utf8'));
