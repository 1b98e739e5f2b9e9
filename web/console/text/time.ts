// Times come in UTC, and are shown by the clock of the merchant's zone.
type Form = 'time' | 'date' | 'short' | 'full' | 'day';
const forms: Record<Form, Intl.DateTimeFormatOptions> = {
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  short: { day: 'numeric', month: 'short' },
  full: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
};
const made = new Map<string, Intl.DateTimeFormat>();
function formatter(form: Form, zone: string, language: string) {
  const key = `${form} ${zone} ${language}`;
  const found = made.get(key) ?? new Intl.DateTimeFormat(language === 'sw' ? 'sw-KE' : 'en-GB', { ...forms[form], timeZone: zone });
  made.set(key, found);
  return found;
}
export const show = (at: string | Date, form: Form, zone: string, language: string): string => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : formatter(form, zone, language).format(date);
};

const iso = new Map<string, Intl.DateTimeFormat>();
/** "2026-11-29": the day of a moment by the clock of a zone. */
export function dayIn(zone: string, at = new Date()): string {
  const found = iso.get(zone)
    ?? new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone });
  iso.set(zone, found);
  return found.format(at);
}
/** "2026-11-29" and -1 -> "2026-11-28". */
export function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
export const weekday = (day: string, language: string): string =>
  new Intl.DateTimeFormat(language === 'sw' ? 'sw-KE' : 'en-GB', { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
export const shortDay = (day: string, language: string): string =>
  new Intl.DateTimeFormat(language === 'sw' ? 'sw-KE' : 'en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

/** "Africa/Nairobi" -> "Nairobi" */
export const placeOf = (zone: string): string => (zone.split('/').pop() ?? zone).replaceAll('_', ' ');

export type Unit = 's' | 'min' | 'h' | 'd';
/** How long, in the greatest unit that it fills. */
export function span(seconds: number): { value: number; unit: Unit } {
  const size = Math.max(0, seconds);
  if (size < 60) return { value: Math.round(size), unit: 's' };
  if (size < 3600) return { value: Math.round(size / 60), unit: 'min' };
  if (size < 48 * 3600) return { value: Math.round(size / 3600), unit: 'h' };
  return { value: Math.round(size / 86400), unit: 'd' };
}
export const secondsSince = (at: string, now = Date.now()): number => (now - new Date(at).getTime()) / 1000;
