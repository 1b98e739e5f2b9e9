import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Day, Reason } from '../api/answers';
import { Button } from '../parts/button';
import { DayChart } from '../parts/chart';
import { TimeFilter, timesOf } from '../parts/filters';
import { Bones, Card, Empty, Page, useTitle } from '../parts/page';
import { Problem } from '../parts/problem';
import type { Column } from '../parts/rows';
import { Chip, Money } from '../parts/show';
import { SimpleTable } from '../parts/simple_table';
import { percent, totalsByDay, totalsByReason } from '../parts/totals';
import { useZone } from '../session/session';
import { useMerchant } from '../shell/merchant';
import { download, line } from '../text/csv';
import { count, sum, toMinor } from '../text/money';
import { dayAfter, dayIn, placeOf, show } from '../text/time';
import type { Words } from '../words/en';
import { useWords } from '../words/words';

const usualDays = 7;

const dayColumns = (w: Words, language: string): Column<Day>[] => [
  { id: 'day', name: w.field.day, cell: (day) => show(`${day.day}T12:00:00Z`, 'date', 'UTC', language), narrow: 'lead' },
  { id: 'deposits', name: w.field.deposits, cell: (day) => count(day.deposits), end: true, narrow: 'line' },
  { id: 'paid', name: w.field.paid, cell: (day) => count(day.paid), end: true, narrow: 'line' },
  { id: 'failed', name: w.field.failed, cell: (day) => count(day.failed + day.expired), end: true, narrow: 'line' },
  { id: 'open', name: w.field.open, cell: (day) => count(day.open), end: true, narrow: 'off' },
  { id: 'success', name: w.field.success, cell: (day) => day.success && `${day.success} %`, end: true, narrow: 'under' },
  { id: 'withdrawals', name: w.field.withdrawals, cell: (day) => count(day.withdrawals), end: true, narrow: 'off' },
  { id: 'out', name: w.field.moneyOut, cell: (day) => <Money text={day.out} />, end: true, narrow: 'line' },
  { id: 'refunded', name: w.field.refunded, cell: (day) => <Money text={day.refunded} />, end: true, narrow: 'off' },
  { id: 'in', name: w.field.moneyIn, cell: (day) => <strong><Money text={day.in} /></strong>, end: true, narrow: 'end' },
];

function reasonColumns(w: Words, all: number): Column<Reason>[] {
  return [
    { id: 'state', name: w.field.state, narrow: 'under', cell: ({ state }) => (state === 'open' ? <Chip tone="waiting">{w.reports.open}</Chip> : <Chip tone={state === 'paid' ? 'paid' : 'no'}>{w.deposit.states[state] ?? state}</Chip>) },
    { id: 'reason', name: w.field.reason, cell: (row) => (row.state === 'paid' ? '' : w.deposit.codes[row.result_code] ?? (row.result_text || (row.result_code ? '' : w.reports.noCode))), narrow: 'lead' },
    { id: 'code', name: w.field.code, cell: (row) => <code>{row.result_code}</code>, narrow: 'line' },
    { id: 'share', name: w.field.share, cell: (row) => `${percent(row.deposits, all)} %`, end: true, narrow: 'line' },
    { id: 'amount', name: w.field.amount, cell: (row) => <Money minor={row.amount_minor} />, end: true, narrow: 'off' },
    { id: 'count', name: w.field.deposits, cell: (row) => <strong>{count(row.deposits)}</strong>, end: true, narrow: 'end' },
  ];
}

function sheetOf(days: Day[]): void {
  const [first] = days;
  if (!first) return;
  const names = Object.keys(first) as (keyof Day)[];
  download('totals.csv', ['\uFEFF', line(names), ...days.map((day) => line(names.map((name) => day[name])))]);
}

export function Reports() {
  const { w, language } = useWords();
  const zone = useZone();
  const merchant = useMerchant();
  const search = useSearch({ strict: false });
  useTitle(w.reports.title);
  const today = dayIn(zone);
  const of = { since: dayAfter(today, 1 - usualDays), ...timesOf(search, zone), merchant };
  const days = useQuery({ queryKey: ['totals', 'day', of], queryFn: () => totalsByDay(of) });
  const reasons = useQuery({ queryKey: ['totals', 'reason', of], queryFn: () => totalsByReason(of) });
  const all = (reasons.data ?? []).reduce((number, { deposits }) => number + deposits, 0);
  const columns = useMemo(() => dayColumns(w, language), [w, language]);
  const byReason = useMemo(() => reasonColumns(w, all), [w, all]);
  const rows = useMemo(() => [...days.data ?? []].reverse(), [days.data]);
  const names = useMemo(() => (days.data ?? []).map(({ day }) => day), [days.data]);
  const series = useMemo(() => [
    { name: w.field.moneyIn, token: '--series-1' as const, values: (days.data ?? []).map((day) => Number((toMinor(day.in) ?? 0n) / 100n)) },
    { name: w.field.moneyOut, token: '--series-2' as const, dashed: true, values: (days.data ?? []).map((day) => Number((toMinor(day.out) ?? 0n) / 100n)) },
  ], [days.data, w]);
  return (
    <Page title={w.reports.title} about={<>{w.reports.about} {w.reports.zone(placeOf(zone))}</>}
      actions={<><Button size="small" icon="download" onPress={() => sheetOf(days.data ?? [])} isDisabled={rows.length === 0}>{w.list.export}</Button><Button size="small" icon="file" onPress={() => window.print()}>{w.say.print}</Button></>}>
      <div className="list-bar"><TimeFilter usual="7d" /></div>
      {days.error ? <Problem error={days.error} retry={() => void days.refetch()} /> : days.isPending ? <div className="card"><Bones lines={6} label={w.say.loading} /></div> : rows.length === 0 ? (
        <div className="card"><Empty icon="reports" title={w.reports.empty} hint={w.reports.emptyHint} /></div>
      ) : (
        <>
          <Card title={w.reports.byDay} aside={<>{w.say.total} <strong><Money minor={sum(rows.map((day) => day.in))} currency="KES" /></strong></>}>
            {rows.length > 1 && <DayChart days={names} series={series} label={w.reports.byDay} />}
            <div className="in-card"><SimpleTable rows={rows} columns={columns} keyOf={({ day }) => day} label={w.reports.byDay} /></div>
          </Card>
          <Card title={w.reports.byReason}>
            {reasons.error ? <Problem error={reasons.error} retry={() => void reasons.refetch()} /> : reasons.isPending ? <Bones lines={4} label={w.say.loading} />
              : <div className="in-card"><SimpleTable rows={reasons.data} columns={byReason} keyOf={(row) => `${row.state} ${row.result_code}`} label={w.reports.byReason} /></div>}
          </Card>
        </>
      )}
    </Page>
  );
}
