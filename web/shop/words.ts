// Amounts, numbers and times as people write them.

export const kes = (amount: string | number): string =>
  `KES ${Number(amount).toLocaleString('en-KE', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

/** 0712 345 678 */
export const spoken = (phone: string): string =>
  `0${phone.slice(3, 6)} ${phone.slice(6, 9)} ${phone.slice(9)}`;

export const clock = (at: string): string =>
  new Date(at).toLocaleTimeString('en-GB', {
    hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: 'Africa/Nairobi',
  });

export const holds = (yes: boolean): string => (yes ? 'verified: yes' : 'verified: NO');
