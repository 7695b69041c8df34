// The topics of Olife ID: what an issuer attests. Their numbers are those of the table in
// interfaces/olife_id/src/topic.rs; a test compares both.

/** The names, in the order of the numbers. */
export const topics = [
  'known',
  'patient',
  'clinician',
  'hospital',
  'laboratory',
  'pharmacy',
  'manufacturer',
  'carrier',
  'researcher',
  'insurer',
  'oracle',
  'auditor',
  'emergency',
  'logger',
  'wholesaler',
  'authority',
  'relief',
  'assessor',
  'appraiser',
  'compute node',
  'expert',
  'device',
  'blood service',
  'branch node',
  'root node',
  'agent',
  'payer',
  'inspector',
  'representative',
  'adult',
  'quality',
] as const;

export type TopicName = (typeof topics)[number];

/** The number of a topic, as messages take it. */
export const topic = (name: TopicName): number => topics.indexOf(name);

/** Several topics as the bits of a number, as `standing` and `approve_issuer` take them. */
export const bits = (...names: TopicName[]): bigint => names.reduce((all, name) => all | (1n << BigInt(topic(name))), 0n);

/** The names of the topics in an answer. A topic without a name is shown by its number. */
export const names = (held: bigint): string[] =>
  Array.from({ length: 64 }, (_, number) => number)
    .filter((number) => (held >> BigInt(number)) & 1n)
    .map((number) => topics[number] ?? `${number}`);
