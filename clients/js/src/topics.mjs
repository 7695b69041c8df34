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
];

/** The number of a topic, as messages take it. */
export function topic(name) {
  const number = topics.indexOf(name);
  if (number < 0) throw new RangeError(`${name} is no topic`);
  return number;
}

/** Several topics as the bits of a number, as `standing` and `approve_issuer` take them. */
export const bits = (...names) => names.reduce((all, name) => all | (1n << BigInt(topic(name))), 0n);
