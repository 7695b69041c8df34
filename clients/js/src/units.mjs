// ALV has eight decimals. On the chain there are whole units only: 1 ALV is 100,000,000.

const DECIMALS = 8;

/** `'12.5'` → `1250000000n`. */
export function units(alv) {
  const [, whole, part = ''] = /^(\d+)(?:\.(\d{1,8}))?$/.exec(alv) ?? [];
  if (whole === undefined) throw new TypeError(`not an amount of ALV: ${alv}`);
  return BigInt(whole + part.padEnd(DECIMALS, '0'));
}

/** `1250000000n` → `'12.5'`. */
export function alv(units) {
  const digits = units.toString().padStart(DECIMALS + 1, '0');
  const part = digits.slice(-DECIMALS).replace(/0+$/, '');
  return digits.slice(0, -DECIMALS) + (part && `.${part}`);
}
