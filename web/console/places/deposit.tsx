// The story of one deposit.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Answers } from '../api/answers';
import { ask } from '../api/client';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { Bones, Card, Note, Page, useTitle } from '../parts/page';
import { Problem } from '../parts/problem';
import { Chip, Copy, Fact, Facts, Money, State, Time } from '../parts/show';
import { LedgerCard, RawMessages, ToldCard, useSteps, WhatHappened } from '../parts/story';
import { Go } from '../parts/to';
import { useTell } from '../parts/tell';
import { useMay, ZoneContext } from '../session/session';
import { useLive } from '../shell/live';
import { amount, fromMinor } from '../text/money';
import { placeOf } from '../text/time';
import { useWords } from '../words/words';
import { RefundForm, ResolveDepositForm } from './deposit_forms';

type Story = Answers['deposit.show'];

export function Deposit() {
  const { id } = useParams({ strict: false });
  const { w } = useWords();
  const topic = `deposit:${id}`;
  useLive(topic);
  const { data, error, refetch } = useQuery({ queryKey: [topic], queryFn: () => ask('deposit.show', { path: { order_id: id ?? '' } }) });
  useTitle(data ? `KES ${amount(fromMinor(data.deposit.amount_minor))}` : w.deposit.title);
  const trail = <Go to="/deposits">{w.deposit.title}</Go>;
  if (error) return <Page title={id} trail={trail}><Problem error={error} retry={() => void refetch()} /></Page>;
  if (!data) return <Page title={w.deposit.title} trail={trail}><div className="story"><div className="card"><Bones lines={6} label={w.say.loading} /></div><div className="card"><Bones lines={8} label={w.say.loading} /></div></div></Page>;
  return <ZoneContext.Provider value={data.deposit.time_zone}><Shown story={data} /></ZoneContext.Provider>;
}

function Shown({ story }: { story: Story }) {
  const { w } = useWords();
  const { deposit, events, rail_messages: messages, refunds, postback, ledger } = story;
  const steps = useSteps(events, ledger, postback);
  const source = paidBecause(story);
  return (
    <Page trail={<Go to="/deposits">{w.deposit.title}</Go>}
      title={<><Money minor={deposit.amount_minor} currency="KES" big /><State of={w.deposit.states} state={deposit.state} large />{deposit.needs_review && <Chip tone="review" large>{w.story.needsReview}</Chip>}</>}
      about={deposit.state !== 'paid' && deposit.result_text ? deposit.result_text : undefined}>
      <div className="story">
        <div className="stack">
          <Card label={w.story.facts}>
            <Facts>
              <Fact name={w.field.receipt}>{deposit.receipt && <Copy text={deposit.receipt} />}</Fact>
              <Fact name={w.field.theirId}>{deposit.custom_transaction_id}</Fact>
              <Fact name={w.field.label}>{deposit.label}</Fact>
              <Fact name={w.field.phone}>{deposit.phone}</Fact>
              <Fact name={w.field.id}><Copy text={deposit.order_id} /></Fact>
              <Fact name={w.field.merchant}>{deposit.merchant}</Fact>
              <Fact name={w.field.time}><Time at={deposit.created_at} /></Fact>
              <Fact name={w.field.code}>{deposit.result_code && deposit.state !== 'paid' ? <code>{deposit.result_code}</code> : ''}</Fact>
            </Facts>
          </Card>
          <LedgerCard ledger={ledger} />
          <ToldCard told={postback} />
        </div>
        <div className="stack">
          <WhatHappened steps={steps} zone={placeOf(deposit.time_zone)} />
          {source && <Note tone="good" icon="check"><strong>{w.story.because}</strong> {w.story.becauseText(deposit.receipt, w.story.sources[source] ?? source)}</Note>}
          {refunds.length > 0 && (
            <Card title={w.story.refunds}>
              <ul className="plain-list">{refunds.map((refund) => (
                <li key={refund.refund_id}><Go to={`/refunds/${refund.refund_id}`}><Money text={refund.amount} currency="KES" /></Go> <State of={w.payout.states} state={refund.state} /> <span className="about">{refund.reason}</span></li>
              ))}</ul>
            </Card>
          )}
          <RawMessages messages={messages} />
        </div>
        <Actions story={story} />
      </div>
    </Page>
  );
}

const railSays: Record<string, string> = { callback: 'callback', query_answer: 'query', pulled: 'pull', confirmation: 'confirmation' };
/** What the success was known from: the message that named the receipt, or a person. */
function paidBecause({ deposit, rail_messages: messages }: Story): string | undefined {
  if (deposit.state !== 'paid' || !deposit.receipt) return undefined;
  const named = messages.find(({ body }) => body.includes(deposit.receipt));
  if (!named) return undefined;
  return named.body.startsWith('settled by hand') ? 'person' : railSays[named.kind];
}

function Actions({ story: { deposit, refunded_minor: refunded, postback } }: { story: Story }) {
  const { w } = useWords();
  const may = useMay();
  const tell = useTell();
  const [form, setForm] = useState<'' | 'refund' | 'resolve'>('');
  const resend = useAct('postback.resend');
  const reviewed = useAct('deposit.reviewed');
  const reference = useAct('paybill.give_reference');
  const left = deposit.amount_minor - refunded;
  const canRefund = deposit.state === 'paid' && left > 0 && may('refund.create');
  const canResolve = deposit.state !== 'paid' && may('deposit.resolve');
  const canReview = deposit.needs_review && may('deposit.reviewed');
  const isOpen = !['paid', 'failed', 'expired'].includes(deposit.state);
  const canRefer = isOpen && may('paybill.give_reference');
  const canResend = postback !== undefined && may('postback.resend');
  const give = async () => {
    const answer = await reference.run({ body: { order_id: deposit.order_id } }) as { paybill?: string; reference?: string } | undefined;
    if (answer?.reference) tell(w.act.referenceIs(answer.paybill ?? '', answer.reference));
  };
  return (
    <aside className="stack actions" aria-label={w.story.actions}>
      <Card>
        <div className="action-list">
          {canRefund && <Button kind="go" size="wide" onPress={() => setForm('refund')}>{w.act.refund}</Button>}
          {canReview && <Button size="wide" busy={reviewed.busy} onPress={() => void reviewed.run({ path: { order_id: deposit.order_id } }, w.act.reviewedDone)}>{w.act.reviewed}</Button>}
          {canResend && <Button size="wide" busy={resend.busy} onPress={() => void resend.run({ path: { payment: deposit.order_id } }, w.act.resent)}>{w.act.resend}</Button>}
          {canResolve && <Button size="wide" onPress={() => setForm('resolve')}>{w.act.resolve}</Button>}
          {canRefer && <Button size="wide" busy={reference.busy} onPress={() => void give()}>{w.act.reference}</Button>}
          {!(canRefund || canReview || canResend || canResolve || canRefer) && <p className="about">{w.story.noActions}</p>}
        </div>
      </Card>
      {form === 'refund' && <RefundForm of={{ order_id: deposit.order_id }} most={fromMinor(left)} onClose={() => setForm('')} />}
      {form === 'resolve' && <ResolveDepositForm id={deposit.order_id} onClose={() => setForm('')} />}
    </aside>
  );
}
