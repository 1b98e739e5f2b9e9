// What waits, how much of it, and how long the oldest has waited.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Answers } from '../api/answers';
import { ask } from '../api/client';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { Card } from '../parts/page';
import { Chip, Money, State, Time } from '../parts/show';
import { Go } from '../parts/to';
import { useMay } from '../session/session';
import { useMerchant } from '../shell/merchant';
import { count } from '../text/money';
import { secondsSince, span } from '../text/time';
import { useWords } from '../words/words';

const often = 10_000;
const most = 200; // rows that are counted; then "200+"
const longRunway = 365; // days
const openStates = ['prompted', 'unknown', 'verifying'] as const;

interface Row { key: string; chip: ReactNode; number: string; oldest: string; to: string; search: Record<string, string> }

const counted = (rows: unknown[], next: string) => (next ? `${count(rows.length)}+` : count(rows.length));

function useRows(): { rows: Row[]; isPending: boolean } {
  const { w } = useWords();
  const may = useMay();
  const merchant = useMerchant();
  const of = { limit: String(most), ...(merchant ? { merchant } : {}) };
  const { data, isPending } = useQuery({
    queryKey: ['waiting', merchant], refetchInterval: often,
    queryFn: async () => {
      const [deposits, review, payouts, attention, postbacks, unmatched] = await Promise.all([
        Promise.all(openStates.map((state) => ask('deposit.list', { query: { ...of, state, since: '24h' } }))),
        ask('deposit.list', { query: { ...of, review: 'yes' } }),
        ask('withdrawal.list', { query: { ...of, state: 'waiting' } }),
        ask('withdrawal.list', { query: { ...of, state: 'attention' } }),
        ask('postback.list', { query: { ...of, state: 'waiting', attempts: '1' } }),
        may('suspense.review_list') ? ask('suspense.review_list', { query: { limit: String(most) } as never }) : undefined,
      ]);
      return { deposits, review, payouts, attention, postbacks, unmatched };
    },
  });
  if (!data) return { rows: [], isPending };
  const row = (key: string, chip: ReactNode, list: { created_at: string }[], next: string, to: string, search: Record<string, string>): Row[] =>
    (list.length === 0 ? [] : [{ key, chip, number: counted(list, next), oldest: list.at(-1)?.created_at ?? '', to, search }]);
  const unmatched: Answers['suspense.review_list']['items'] = data.unmatched?.items ?? [];
  return { isPending, rows: [
    ...data.deposits.flatMap(({ deposits, next }, i) => { const state = openStates[i] ?? 'prompted'; return row(state, <State of={w.deposit.states} state={state} />, deposits, next, '/deposits', { state }); }),
    ...row('approval', <Chip tone="waiting">{w.home.approvals}</Chip>, data.payouts.withdrawals, data.payouts.next, '/approvals', {}),
    ...row('postbacks', <Chip tone="waiting">{w.home.toTell}</Chip>, data.postbacks.postbacks, data.postbacks.next, '/postbacks', { state: 'waiting', attempts: '1' }),
    ...row('review', <Chip tone="review">{w.deposit.title}: {w.home.review}</Chip>, data.review.deposits, data.review.next, '/deposits', { review: 'yes' }),
    ...row('attention', <Chip tone="review">{w.withdrawal.title}: {w.home.review}</Chip>, data.attention.withdrawals, data.attention.next, '/withdrawals', { state: 'attention' }),
    ...(unmatched.length === 0 ? [] : [{ key: 'unmatched', chip: <Chip tone="review">{w.home.unmatched}</Chip>, number: count(unmatched.length), oldest: unmatched[0]?.paid_at ?? '', to: '/unmatched', search: {} }]),
  ] };
}

export function Waiting() {
  const { w } = useWords();
  const { rows, isPending } = useRows();
  const age = (at: string) => { const { value, unit } = span(secondsSince(at)); return w.span(value, unit); };
  return (
    <Card title={w.home.waiting}>
      {rows.length === 0 ? <p className="about">{isPending ? w.say.loading : w.home.waitingNone}</p> : (
        <table className="waiting"><thead><tr><th scope="col">{w.field.what}</th><th scope="col" className="end">{w.field.count}</th><th scope="col" className="end">{w.field.oldest}</th></tr></thead>
          <tbody>{rows.map(({ key, chip, number, oldest, to, search }) => <tr key={key}><td><Go to={to} search={search}>{chip}</Go></td><td className="end">{number}</td><td className="end">{age(oldest)}</td></tr>)}</tbody></table>
      )}
    </Card>
  );
}

export function FloatCard() {
  const { w } = useWords();
  const may = useMay();
  const { data } = useQuery({ queryKey: ['payouts.show'], queryFn: () => ask('payouts.show') });
  const askFloat = useAct('payouts.ask_float');
  if (!data) return null;
  const { float } = data;
  const runway = float?.runway_seconds === null || !float ? undefined : span(float.runway_seconds);
  return (
    <Card title={w.home.float} aside={may('payouts.ask_float') && <Button size="small" kind="quiet" icon="refresh" busy={askFloat.busy} aria-label={w.home.floatAsk} onPress={() => void askFloat.run({}, w.home.floatAsked)} />}>
      {!float ? <p className="about">{w.home.floatNone}</p> : (
        <><p className="figure-value"><Money minor={float.utility_minor} currency="KES" /></p>
          <p className="about">{w.home.floatLeft}{runway ? `, ${runway.unit === 'd' && runway.value > longRunway ? w.home.longRunway : w.home.runway(w.span(runway.value, runway.unit))}` : `; ${w.home.noRunway}`}. <small><Time at={float.read_at} form="time" /></small></p></>
      )}
    </Card>
  );
}
