// Amounts are decimal text, or whole cents: sums are made of whole numbers, and nothing is a float.

const grouped = (whole: string) => whole.replace(/\B(?=(\d{3})+$)/g, ',');

/** "1250.5" -> "1,250.50"; what is no amount stays as it is. */
export function amount(text: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!parts) return text;
  const [, sign, whole = '', cents = ''] = parts;
  return `${sign ? '\u2212' : ''}${grouped(whole)}.${cents.padEnd(2, '0')}`;
}

/** 125050 -> "1250.50" */
export function fromMinor(minor: number | bigint): string {
  const value = BigInt(minor);
  const size = value < 0n ? -value : value;
  return `${value < 0n ? '-' : ''}${size / 100n}.${(size % 100n).toString().padStart(2, '0')}`;
}

/** "1250.5" -> 125050n; nothing where it is no amount. */
export function toMinor(text: string): bigint | undefined {
  const parts = /^(-?)(\d+)(?:\.(\d{1,2})0*)?$/.exec(text.replace(/[,\s]/g, ''));
  if (!parts) return undefined;
  const size = BigInt(parts[2] ?? '0') * 100n + BigInt((parts[3] ?? '').padEnd(2, '0'));
  return parts[1] ? -size : size;
}

export const sum = (texts: string[]): bigint => texts.reduce((all, text) => all + (toMinor(text) ?? 0n), 0n);

export const count = (number: number): string => grouped(String(number));

/** For an axis alone: "1.2M", "350k". */
export function short(value: number): string {
  const size = Math.abs(value);
  const cut = (by: number, unit: string) => `${Number((value / by).toFixed(1))}${unit}`;
  if (size >= 1e9) return cut(1e9, 'B');
  if (size >= 1e6) return cut(1e6, 'M');
  return size >= 1e4 ? cut(1e3, 'k') : String(value);
}

/** How much more or less than usual, in whole percent; nothing where there is no usual. */
export function change(now: bigint, usual: bigint): number | undefined {
  return usual === 0n ? undefined : Number(((now - usual) * 1000n) / usual) / 10;
}
