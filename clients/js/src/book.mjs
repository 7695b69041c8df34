// What was deployed where (the address book), and how to talk to it (the committed metadata).

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Where `allive up` writes its books, unless ALLIVE_BOOK names another folder. */
export const BOOKS = process.env.ALLIVE_BOOK ?? here('../../../deployments');

/** The book of the chain with this genesis hash. */
export async function readBook(genesis, folder = BOOKS) {
  const file = join(folder, `${genesis}.json`);
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`no address book of this chain (${error.message}). \`allive up\` deploys the suite and writes it; ALLIVE_BOOK names another folder`);
  }
}

/** The metadata of a contract: its messages, events, errors and types. */
export async function readMetadata(contract) {
  return JSON.parse(await readFile(here(`../../metadata/${contract}.json`), 'utf8'));
}
