// Reading, trying and sending messages of contracts. Arguments go by the names that the metadata
// gives them, in camelCase.

import { Enum, Null, Result } from '@polkadot/types-codec';
import { compactStripLength } from '@polkadot/util';
import { decodeEvents } from './events.mjs';
import { plain } from './plain.mjs';

/** A call that did not happen. `error` is the name of what the contract, or the chain, answered. */
export class Refused extends Error {
  constructor(contract, message, error) {
    super(`${contract} refused ${message}: ${error}`);
    this.name = 'Refused';
    this.error = error;
  }
}

/** What a message that changes nothing answers. It costs nothing, and needs no key. */
export async function read(suite, contract, message, args = {}) {
  const { value } = await dryRun(suite, suite.contracts[contract].address, contract, message, args);
  return value;
}

/**
 * Does a call on the node alone, and forgets it. Returns what it would answer, the weight it would
 * take, and the deposit it would lock. A caller that has no coins, a contract for instance, needs a limit
 * of deposits of 0.
 */
export async function dryRun(suite, caller, contract, message, args = {}, storageDepositLimit = null) {
  const { method, inputs } = prepared(suite, contract, message, args);
  const { gasRequired, output, result, storageDeposit } = await suite.contracts[contract].query[method](
    caller,
    { gasLimit: mostWeight(suite.api), storageDepositLimit },
    ...inputs
  );
  if (result.isErr) throw new Refused(contract, message, dispatchErrorName(suite.api, result.asErr));
  // ink! wraps every answer in a `Result` of its own, whose error says that it could not read the call.
  let answer = output;
  while (answer instanceof Result) {
    if (answer.isErr) throw new Refused(contract, message, errorName(answer.asErr));
    answer = answer.asOk;
  }
  const deposit = storageDeposit.isCharge ? storageDeposit.asCharge.toBigInt() : 0n;
  return { value: plain(answer), gasLimit: gasRequired, deposit };
}

/**
 * Tries a call, signs it, sends it, and waits until its block is final. `account` is a key pair, or
 * `{ address, signer }` of a wallet. Returns the block and what the suite's contracts told.
 */
export async function send(suite, account, contract, message, args = {}) {
  const { gasLimit, deposit } = await dryRun(suite, account.address, contract, message, args);
  const { method, inputs } = prepared(suite, contract, message, args);
  const call = suite.contracts[contract].tx[method]({ gasLimit, storageDepositLimit: deposit }, ...inputs);
  const { dispatchError, events, status } = await finalized(call, account);
  // The state has changed since the dry run. The chain does not keep what the contract answered.
  if (dispatchError) throw new Refused(contract, message, dispatchErrorName(suite.api, dispatchError));
  return { block: status.asFinalized.toHex(), events: decodeEvents(suite, events) };
}

/** A message on the wire: its selector, then its arguments. */
export function encoded(suite, contract, message, args = {}) {
  const { inputs } = prepared(suite, contract, message, args);
  const [, input] = compactStripLength(suite.contracts[contract].abi.findMessage(message).toU8a(inputs));
  return input;
}

/** Signs a transaction, sends it, and waits until its block is final. */
export function finalized(transaction, account) {
  const [signer, options] = account.signer
    ? [account.address, { nonce: -1, signer: account.signer }]
    : [account, { nonce: -1 }];
  return new Promise((resolve, reject) => {
    const follow = (result) => {
      if (result.isFinalized) resolve(result);
      if (result.isError) reject(new Error(`the node dropped the transaction: ${result.status.type}`));
    };
    transaction.signAndSend(signer, options, follow).catch(reject);
  });
}

/** The most that one transaction may weigh: what a dry run is given. */
function mostWeight(api) {
  const { maxBlock, perClass } = api.consts.system.blockWeights;
  return perClass.normal.maxExtrinsic.unwrapOr(maxBlock);
}

function prepared({ contracts }, contract, label, args) {
  const { abi } = contracts[contract];
  const message = abi.findMessage(label);
  const names = message.args.map(({ name }) => name);
  const wrong = [...names.filter((name) => !(name in args)), ...Object.keys(args).filter((name) => !names.includes(name))];
  if (wrong.length > 0) throw new TypeError(`${contract} ${label} takes (${names.join(', ')}): see ${wrong.join(', ')}`);
  return { method: message.method, inputs: names.map((name) => args[name]) };
}

/** `InsufficientBalance`, or with what lies inside: `Token(Refused)`, `Custom(Paused)`. */
function errorName(error) {
  if (error.inner instanceof Null) return error.type;
  return `${error.type}(${error.inner instanceof Enum ? errorName(error.inner) : error.inner})`;
}

/** `contracts.ContractReverted`, `token.FundsUnavailable`. */
function dispatchErrorName(api, error) {
  if (error.isModule) {
    const { name, section } = api.registry.findMetaError(error.asModule);
    return `${section}.${name}`;
  }
  return error.isToken ? `token.${error.asToken.type}` : error.type;
}
