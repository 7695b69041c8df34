// ALV has eight decimals, a derived token as many as it says. On the chain there are whole units only:
// 1 ALV is 100,000,000.

const DECIMALS = 8;

/** `'12.5'` → `1250000000n`. */
export function units(alv) {
  const [, whole, part = ''] = /^(\d+)(?:\.(\d{1,8}))?$/.exec(alv) ?? [];
  if (whole === undefined) throw new TypeError(`not an amount of ALV: ${alv}`);
  return BigInt(whole + part.padEnd(DECIMALS, '0'));
}

/** `1250000000n` → `'12.5'`. */
export const alv = (units) => amount(units, DECIMALS);

/** An amount of a token with so many decimals: `amount(250n, 2)` → `'2.5'`. */
export function amount(units, decimals) {
  const digits = units.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const part = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return whole + (part && `.${part}`);
}
