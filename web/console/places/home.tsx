// What a person looks at first: today's money, what waits, what is wrong, and the way to each of it.
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ask } from '../api/client';
import { DayChart } from '../parts/chart';
import { Choose } from '../parts/field';
import { Bones, Card, Page, useTitle } from '../parts/page';
import { Problem } from '../parts/problem';
import { Money, RowTime, State } from '../parts/show';
import { SimpleTable } from '../parts/simple_table';
import { Go } from '../parts/to';
import { percent, totalsByDay, totalsByReason } from '../parts/totals';
import { useMay, useZone } from '../session/session';
import { useMerchant } from '../shell/merchant';
import { amount, count, toMinor } from '../text/money';
import { dayAfter, dayIn, placeOf, shortDay, show, weekday } from '../text/time';
import { useWords } from '../words/words';
import { Alarms } from './home_alarms';
import { FloatCard, Waiting } from './home_waiting';
import './home.css';

const often = 10_000;
const seldom = 5 * 60_000;
const chartDays = 14;

export function Home() {
  const { w, language } = useWords();
  const zone = useZone();
  const may = useMay();
  const merchant = useMerchant();
  const today = dayIn(zone);
  useTitle(w.home.title);
  const of = { since: today, merchant };
  const now = useQuery({ queryKey: ['totals', 'today', of], queryFn: () => totalsByDay(of), refetchInterval: often });
  const reasons = useQuery({ queryKey: ['totals', 'reasons', of], queryFn: () => totalsByReason(of), refetchInterval: often });
  const days = useQuery({ queryKey: ['totals', 'days', of], staleTime: seldom, queryFn: () => totalsByDay({ ...of, since: dayAfter(today, 1 - chartDays) }) });
  const proof = useQuery({ queryKey: ['verify.last'], queryFn: () => ask('verify.last'), enabled: may('verify.last'), refetchInterval: 6 * often });
  const latest = useQuery({ queryKey: ['deposit.list', 'latest', merchant], refetchInterval: often, queryFn: () => ask('deposit.list', { query: { limit: '8', ...(merchant ? { merchant } : {}) } }) });
  const day = now.data?.find((one) => one.day === today);
  const weekBefore = days.data?.find((one) => one.day === dayAfter(today, -7));
  const closed = day ? day.paid + day.failed + day.expired : 0;
  const why = (reasons.data ?? []).filter(({ state }) => state === 'failed' || state === 'expired').slice(0, 3)
    .map((one) => `${w.deposit.codes[one.result_code] ?? (one.result_text.split('.')[0] || (one.state === 'expired' ? w.deposit.states['expired'] : one.result_code))} ${percent(one.deposits, closed)} %`).join(' · ');
  const lastOne = (text: string) => w.home.lastOne(text, weekday(today, language));
  return (
    <Page title={w.home.title} about={`${show(new Date(), 'day', zone, language)}, ${placeOf(zone)}`}>
      <Alarms />
      {now.error ? <Problem error={now.error} retry={() => void now.refetch()} /> : (
        <div className="figures-row">
          <Figure name={w.home.moneyIn} to="/deposits" search={{ state: 'paid', time: 'today' }} isPending={now.isPending} value={<Money text={day?.in ?? '0'} currency="KES" />}
            under={weekBefore && lastOne(amount(weekBefore.in))} />
          <Figure name={w.home.moneyOut} to="/withdrawals" search={{ state: 'paid', time: 'today' }} isPending={now.isPending} value={<Money text={day?.out ?? '0'} currency="KES" />}
            under={w.home.payouts(day?.withdrawals ?? 0, 0)} />
          <Figure name={w.home.success} to="/reports" search={{ time: 'today' }} isPending={now.isPending} value={day?.success ? `${day.success} %` : '–'} under={closed === 0 ? w.home.notYet : why || w.home.noFailures} />
          {may('verify.last') && <Figure name={w.home.explained} to="/health" isPending={proof.isPending} value={proof.data?.ended_at ? (proof.data.breaches.length === 0 ? '100 %' : w.home.broken(proof.data.breaches.length)) : '–'}
            under={proof.data?.ended_at ? (proof.data.breaches.length === 0 ? w.home.proved(show(proof.data.ended_at, 'time', zone, language)) : w.health.broken) : w.home.notProved} />}
        </div>
      )}
      <div className="home-grid">
        <ByDay days={days.data} isPending={days.isPending} until={today} />
        <div className="stack"><Waiting />{may('payouts.show') && <FloatCard />}</div>
      </div>
      <Card title={w.home.latest} aside={<Go to="/deposits">{w.home.allDeposits}</Go>} className="flush-table">
        {latest.isPending ? <Bones lines={4} label={w.say.loading} /> : <Latest rows={latest.data?.deposits ?? []} />}
      </Card>
    </Page>
  );
}

function Figure({ name, value, under, to, search, isPending }: { name: string; value: React.ReactNode; under?: React.ReactNode; to: string; search?: Record<string, string>; isPending: boolean }) {
  const { w } = useWords();
  return (
    <section className="figure card">
      <h2><Go to={to} {...(search ? { search } : {})}>{name}</Go></h2>
      {isPending ? <Bones lines={1} label={w.say.loading} /> : <><p className="figure-value">{value}</p><p className="figure-under">{under}</p></>}
    </section>
  );
}

function ByDay({ days, isPending, until }: { days: Awaited<ReturnType<typeof totalsByDay>> | undefined; isPending: boolean; until: string }) {
  const { w, language } = useWords();
  const [what, setWhat] = useState('sums');
  // Days on which nothing came are days too.
  const all = useMemo(() => Array.from({ length: chartDays }, (_, i) => dayAfter(until, i + 1 - chartDays)), [until]);
  const series = useMemo(() => {
    const of = (day: string) => days?.find((one) => one.day === day);
    return [{
      name: what === 'sums' ? w.field.moneyIn : w.field.deposits, token: '--series-1' as const,
      // For the drawing alone.
      values: all.map((day) => (what === 'sums' ? Number((toMinor(of(day)?.in ?? '0') ?? 0n) / 100n) : of(day)?.deposits ?? 0)),
    }, {
      name: what === 'sums' ? w.field.moneyOut : w.field.failed, token: '--series-3' as const, dashed: true,
      values: all.map((day) => (what === 'sums' ? Number((toMinor(of(day)?.out ?? '0') ?? 0n) / 100n) : of(day)?.failed ?? 0)),
    }];
  }, [days, all, what, w]);
  const title = what === 'sums' ? w.home.chart : w.home.chartCounts;
  return (
    <Card title={title} aside={<Choose label={w.home.sumOrCount} hideLabel size="small" value={what} onChange={setWhat} choices={[{ id: 'sums', text: w.home.sums }, { id: 'counts', text: w.home.counts }]} />}>
      {isPending ? <Bones lines={6} label={w.say.loading} /> : (
        <>
          <DayChart days={all} series={series} label={title} />
          <details className="chart-table">
            <summary>{w.home.chartTable}</summary>
            <div className="table-wrap"><table className="diff"><thead><tr><th scope="col">{w.field.day}</th><th scope="col" className="end">{w.field.deposits}</th><th scope="col" className="end">{w.field.moneyIn}</th><th scope="col" className="end">{w.field.moneyOut}</th><th scope="col" className="end">{w.field.success}</th></tr></thead>
              <tbody>{[...days ?? []].reverse().map((one) => <tr key={one.day}><th scope="row">{shortDay(one.day, language)}</th><td className="end">{count(one.deposits)}</td><td className="end"><Money text={one.in} /></td><td className="end"><Money text={one.out} /></td><td className="end">{one.success && `${one.success} %`}</td></tr>)}</tbody></table></div>
          </details>
        </>
      )}
    </Card>
  );
}

function Latest({ rows }: { rows: import('../api/answers').DepositRow[] }) {
  const { w } = useWords();
  const columns = useMemo(() => [
    { id: 'time', name: w.field.time, cell: (row: typeof rows[number]) => <Go to={`/deposits/${row.order_id}`} className="row-link"><RowTime at={row.created_at} /></Go>, narrow: 'under' as const },
    { id: 'state', name: w.field.state, cell: (row: typeof rows[number]) => <State of={w.deposit.states} state={row.state} />, narrow: 'lead' as const },
    { id: 'receipt', name: w.field.receipt, cell: (row: typeof rows[number]) => <code>{row.receipt}</code>, narrow: 'line' as const },
    { id: 'theirs', name: w.field.theirId, cell: (row: typeof rows[number]) => <span className="clip">{row.custom_transaction_id}</span>, narrow: 'line' as const },
    { id: 'phone', name: w.field.phone, cell: (row: typeof rows[number]) => row.phone, narrow: 'line' as const },
    { id: 'amount', name: w.field.amount, cell: (row: typeof rows[number]) => <Money text={row.amount} />, end: true, narrow: 'end' as const },
  ], [w]);
  if (rows.length === 0) return <p className="about">{w.deposit.empty}</p>;
  return <SimpleTable rows={rows} columns={columns} keyOf={(row) => row.order_id} hrefOf={(row) => `/deposits/${row.order_id}`} label={w.home.latest} />;
}
