// What the contracts of the suite told, by name.

import { plain } from './plain.mjs';

/** The events of the suite among the records of a block: `{ contract, name, fields }`, in order. */
export function decodeEvents({ api, contracts }, records) {
  return records.flatMap((record) => {
    if (!api.events.contracts.ContractEmitted.is(record.event)) return [];
    const [address] = record.event.data;
    const known = Object.entries(contracts).find(([, { address: own }]) => own.eq(address));
    if (known === undefined) return [];
    const [contract, { abi }] = known;
    const { args, event } = abi.decodeEvent(record);
    const fields = Object.fromEntries(event.args.map(({ name }, index) => [name, plain(args[index])]));
    return [{ contract, ...(isEnvelope(event) ? step(fields) : { name: eventName(event), fields }) }];
  });
}

/**
 * An event without a signature is an envelope: its one field is an enum of what was done. That is told
 * under its own name, as if it were an event of its own.
 */
const isEnvelope = ({ signatureTopic }) => !signatureTopic;

function step(fields) {
  const [[name, its]] = Object.entries(Object.values(fields)[0]);
  return { name, fields: its };
}

/** The events of the suite in one block. */
export async function eventsAt(suite, block) {
  const { query } = await suite.api.at(block);
  return decodeEvents(suite, await query.system.events());
}

/** Calls back with each event of the suite as its block becomes final. Returns what ends that. */
export function followEvents(suite, callback) {
  return suite.api.rpc.chain.subscribeFinalizedHeads(async ({ hash }) => {
    for (const event of await eventsAt(suite, hash)) callback(event);
  });
}

/** The names of all events that a contract may tell, from its metadata. */
export function declaredEvents({ abi }) {
  return abi.events.flatMap((event) => isEnvelope(event) ? stepNames(abi, event) : eventName(event));
}

const stepNames = ({ registry }, { args: [{ type }] }) => registry.createType(type.type).defKeys;

function eventName({ identifier }) {
  return identifier.split('::').pop();
}
