// Totals of days and reasons: the gateway counts a million rows an answer, and says where to go on.
import type { Day, Reason } from '../api/answers';
import { ask } from '../api/client';

interface Wanted { by: 'day' | 'reason'; since: string; until?: string; merchant?: string | undefined }

async function all({ by, since, until, merchant }: Wanted): Promise<(Day | Reason)[]> {
  const rows: (Day | Reason)[] = [];
  for (let from = '', isFirst = true; isFirst || from; isFirst = false) {
    const answer = await ask('totals', { query: { by, since, ...(until ? { until } : {}), ...(merchant ? { merchant } : {}), ...(from ? { from } : {}) } });
    rows.push(...answer.totals);
    from = answer.next;
  }
  return rows;
}
export const totalsByDay = async (wanted: Omit<Wanted, 'by'>) => await all({ ...wanted, by: 'day' }) as Day[];

/** One row a reason, also where it came in several answers. */
export async function totalsByReason(wanted: Omit<Wanted, 'by'>): Promise<Reason[]> {
  const merged = new Map<string, Reason>();
  for (const row of await all({ ...wanted, by: 'reason' }) as Reason[]) {
    const key = `${row.state} ${row.result_code}`;
    const found = merged.get(key);
    merged.set(key, found ? { ...found, deposits: found.deposits + row.deposits, amount_minor: found.amount_minor + row.amount_minor } : row);
  }
  return [...merged.values()].sort((a, b) => b.deposits - a.deposits);
}

/** Of a hundred, with one digit. */
export const percent = (part: number, whole: number): string => (whole === 0 ? '' : (Math.round((part * 1000) / whole) / 10).toFixed(1));
