// Decoded SCALE values as plain JavaScript.

import { GenericAccountId } from '@polkadot/types';
import { AbstractInt, bool, Enum, Null, Option, Struct, Text, Tuple, Vec, VecFixed } from '@polkadot/types-codec';

/**
 * Numbers up to 32 bits become `number`, wider ones `bigint`: ALV has more units than a `number` can
 * count. Accounts become addresses, bytes hexadecimal text, nothing `null`. A variant is its name, or
 * `{ Name: content }`.
 */
export function plain(value) {
  if (value instanceof Option) return value.isSome ? plain(value.unwrap()) : null;
  if (value instanceof Null) return null;
  if (value instanceof bool) return value.isTrue;
  if (value instanceof AbstractInt) return value.bitLength() > 32 ? value.toBigInt() : value.toNumber();
  if (value instanceof GenericAccountId || value instanceof Text) return value.toString();
  if (value instanceof Enum) return value.isNone ? value.type : { [value.type]: plain(value.inner) };
  if (value instanceof Struct) return Object.fromEntries([...value].map(([name, field]) => [named(name), plain(field)]));
  if (value instanceof Tuple || value instanceof Vec || value instanceof VecFixed) return [...value].map(plain);
  return value.toHex();
}

/** The name of a field in the metadata: polkadot.js adds `_` to those that a JavaScript `Map` has, such as `keys`. */
function named(field) {
  return field.replace(/_$/, '');
}
