// Trying and sending messages, with the types of the generated clients.

import type { KeyringPair } from '@polkadot/keyring/types';
import type { Contract, ContractCallOptions, GenericContractApi } from 'dedot/contracts';
import type { IEventRecord } from 'dedot/types';

/** The names that the metadata declares. (The generated types would let any other text pass as well.) */
export type Declared<T> = keyof { [K in keyof T as string extends K ? never : number extends K ? never : K]: T[K] } & string;

type Inputs<F> = F extends (...args: infer Inputs) => unknown ? Inputs : never;

/** A call that did not happen. `error` is what the contract answered. */
export class Refused<E = unknown> extends Error {
  constructor(message: string, readonly error: E) {
    super(`${message} refused: ${JSON.stringify(error)}`);
  }
}

/**
 * Tries a call, signs it, sends it, and waits until its block is final. Returns the records of what
 * happened, in which `contract.events.<Name>.find` finds what a contract told.
 */
export async function send<Api extends GenericContractApi, Message extends Declared<Api['tx']>>(
  contract: Contract<Api>,
  account: KeyringPair,
  message: Message,
  ...inputs: Inputs<Api['tx'][Message]>
): Promise<IEventRecord[]> {
  const options: ContractCallOptions = { caller: account.address };
  const { data, raw } = await contract.query[message]!(...inputs, options);
  if (data.isErr) throw new Refused(message, data.err);
  const limits = {
    gasLimit: raw.gasRequired,
    storageDepositLimit: raw.storageDeposit.type === 'Charge' ? raw.storageDeposit.value : 0n,
  };
  const call = contract.tx[message]!(...inputs, limits);
  const { dispatchError, events } = await call.signAndSend(account).untilFinalized();
  if (dispatchError) throw new Refused(message, contract.client.registry.findErrorMeta(dispatchError)?.name ?? dispatchError);
  return events;
}
