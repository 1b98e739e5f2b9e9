// Money that came without an order: what it may be for, to give it there or back.
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { Suggestion, UnmatchedItem } from '../api/answers';
import { ask } from '../api/client';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { useSearchSetter } from '../parts/filters';
import { Bones, Card, Empty, Page, useTitle } from '../parts/page';
import { Problem } from '../parts/problem';
import { Chip, Copy, Fact, Facts, Money, State, Time, useAgo } from '../parts/show';
import { Go } from '../parts/to';
import { useMay } from '../session/session';
import { fromMinor } from '../text/money';
import { useWords } from '../words/words';
import { RefundForm } from './deposit_forms';

const leftOf = (item: UnmatchedItem) => item.amount_minor - item.allocated_minor - item.written_off_minor;
const leastThatGoesBack = 100; // a shilling: the rail moves no cents

export function Unmatched() {
  const { w } = useWords();
  const search = useSearch({ strict: false });
  const set = useSearchSetter();
  const ago = useAgo();
  useTitle(w.unmatched.title);
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['suspense.review_list'], queryFn: () => ask('suspense.review_list', { query: { limit: '500' } as never }) });
  const items = data?.items ?? [];
  const chosen = search['receipt'] ?? items[0]?.receipt;
  return (
    <Page title={w.unmatched.title} about={w.unmatched.about}>
      {error ? <Problem error={error} retry={() => void refetch()} /> : isPending ? <div className="card"><Bones lines={5} label={w.say.loading} /></div> : items.length === 0 && !chosen ? (
        <div className="card"><Empty icon="unmatched" title={w.unmatched.empty} hint={w.unmatched.emptyHint} /></div>
      ) : (
        <div className="inbox">
          <ul className="inbox-list card flush">
            {items.map((item) => (
              <li key={item.receipt}>
                <button type="button" className="inbox-item" aria-current={item.receipt === chosen} onClick={() => set({ receipt: item.receipt })}>
                  <strong><Money minor={leftOf(item)} currency="KES" /></strong><span>{w.unmatched.reasons[item.reason] ?? item.reason} · {item.receipt}</span><small>{ago(item.paid_at)}</small>
                </button>
              </li>
            ))}
          </ul>
          {chosen && <Detail key={chosen} receipt={chosen} />}
        </div>
      )}
    </Page>
  );
}

function Detail({ receipt }: { receipt: string }) {
  const { w } = useWords();
  const may = useMay();
  const [refunding, setRefunding] = useState(false);
  const [order, setOrder] = useState('');
  const { data, error, refetch } = useQuery({ queryKey: ['suspense.show', receipt], queryFn: () => ask('suspense.show', { path: { receipt } }) });
  const allocate = useAct('suspense.allocate');
  const writeOff = useAct('suspense.write_off');
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <div className="card"><Bones lines={5} label={w.say.loading} /></div>;
  const { item, suggestions } = data;
  const left = leftOf(item);
  const give = (orderId: string) => void allocate.run({ path: { receipt }, body: { order_id: orderId } }, w.unmatched.allocated);
  const giveTyped = (event: FormEvent) => { event.preventDefault(); give(order.trim()); };
  return (
    <div className="stack">
      <Card>
        <p className="hero"><Money minor={left} currency="KES" big /> <Chip tone="review">{w.unmatched.reasons[item.reason] ?? item.reason}</Chip></p>
        <Facts>
          <Fact name={w.field.receipt}><Copy text={item.receipt} /></Fact>
          <Fact name={w.field.amount}>{item.amount_minor !== left ? <Money minor={item.amount_minor} /> : ''}</Fact>
          <Fact name={w.field.reference}>{item.reference}</Fact>
          <Fact name={w.field.phone}>{item.phone}</Fact>
          <Fact name={w.field.time}><Time at={item.paid_at} /></Fact>
          <Fact name={w.unmatched.cameFor}>{item.about_order && <Go to={`/deposits/${item.about_order}`}><code>{item.about_order}</code></Go>}</Fact>
        </Facts>
        <div className="row end">
          {left > 0 && left < leastThatGoesBack && may('suspense.write_off') && <Button busy={writeOff.busy} onPress={() => void writeOff.run({ path: { receipt } }, w.say.done)}>{w.unmatched.writeOff}</Button>}
          {left >= leastThatGoesBack && may('refund.create') && <Button onPress={() => setRefunding(true)}>{w.unmatched.refund}</Button>}
        </div>
      </Card>
      {left > 0 && may('suspense.allocate') && (
        <Card title={w.unmatched.suggestions}>
          {suggestions.length === 0 && <p className="about">{w.unmatched.noSuggestions}</p>}
          <ul className="suggestions">{suggestions.map((one) => <Suggested key={one.order_id} one={one} busy={allocate.busy} onGive={() => give(one.order_id)} />)}</ul>
          <form className="other-order" onSubmit={giveTyped}>
            <Field label={w.unmatched.orderId} value={order} onChange={setOrder} mono needed={false} maxLength={16} />
            <Button type="submit" busy={allocate.busy} isDisabled={!order.trim()}>{w.unmatched.allocate}</Button>
          </form>
        </Card>
      )}
      {refunding && <RefundForm of={{ receipt }} most={fromMinor(left)} onClose={() => setRefunding(false)} />}
    </div>
  );
}

function Suggested({ one, busy, onGive }: { one: Suggestion; busy: boolean; onGive: () => void }) {
  const { w } = useWords();
  return (
    <li>
      <div><p><strong><Money minor={one.amount_minor} currency="KES" /></strong> <State of={w.deposit.states} state={one.state} /></p>
        <p className="about"><Go to={`/deposits/${one.order_id}`}>{one.custom_transaction_id || one.order_id}</Go> · {one.phone}</p>
        <p className="about">{one.why}</p></div>
      <Button kind="go" size="small" busy={busy} onPress={onGive}>{w.unmatched.allocate}</Button>
    </li>
  );
}
