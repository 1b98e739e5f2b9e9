// Numbers, amounts and times as people write them.

/** 2547..., out of what people type in Kenya; null for anything else. */
export function msisdn(typed: string): string | null {
  const digits = typed.replace(/[\s().-]/g, '').replace(/^\+/, '');
  const found = /^(?:254|0)?([17]\d{8})$/.exec(digits);
  return found ? `254${found[1]}` : null;
}

/** 0712 345 678 */
export const spoken = (phone: string): string =>
  `0${phone.slice(3, 6)} ${phone.slice(6, 9)} ${phone.slice(9)}`;

export const ksh = (minor: number): string =>
  `Ksh ${(minor / 100).toLocaleString('en-KE', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

export const clock = (micros: number): string =>
  new Date(micros / 1000).toLocaleTimeString('en-GB', {
    hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: 'Africa/Nairobi',
  });
