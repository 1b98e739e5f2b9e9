// The story of one withdrawal, and of one refund, which is a withdrawal that knows what it gives back.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Answers, Approval, Refund, Withdrawal } from '../api/answers';
import { ask } from '../api/client';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { Bones, Card, Note, Page, useTitle } from '../parts/page';
import { Problem } from '../parts/problem';
import { Chip, Copy, Fact, Facts, Money, State, Time } from '../parts/show';
import { LedgerCard, RawMessages, ToldCard, useSteps, WhatHappened } from '../parts/story';
import { Go } from '../parts/to';
import { useTell } from '../parts/tell';
import { useMay, useSession, useZone, ZoneContext } from '../session/session';
import { useLive } from '../shell/live';
import { amount } from '../text/money';
import { placeOf } from '../text/time';
import { useWords } from '../words/words';
import { RejectForm, ResolvePayoutForm } from './withdrawal_forms';

export const WithdrawalStory = () => <Story kind="withdrawal" />;
export const RefundStory = () => <Story kind="refund" />;

function Story({ kind }: { kind: 'withdrawal' | 'refund' }) {
  const { id } = useParams({ strict: false });
  const { w } = useWords();
  const topic = `withdrawal:${id}`;
  useLive(topic);
  const { data, error, refetch } = useQuery({
    queryKey: [topic, kind],
    queryFn: async () => {
      const path = { id: id ?? '' };
      const [payout, refund] = await Promise.all([ask('withdrawal.show', { path }), kind === 'refund' ? ask('refund.show', { path }) : undefined]);
      return { payout: payout.withdrawal, refund: refund?.refund };
    },
  });
  useTitle(data ? `KES ${amount(data.payout.amount)}` : w[kind].title);
  const trail = <Go to={`/${kind}s`}>{w[kind].title}</Go>;
  if (error) return <Page title={id} trail={trail}><Problem error={error} retry={() => void refetch()} /></Page>;
  if (!data) return <Page title={w[kind].title} trail={trail}><div className="story"><div className="card"><Bones lines={6} label={w.say.loading} /></div><div className="card"><Bones lines={8} label={w.say.loading} /></div></div></Page>;
  return <ZoneContext.Provider value={data.payout.time_zone}><Shown payout={data.payout} refund={data.refund} trail={trail} /></ZoneContext.Provider>;
}

type RefundShown = Answers['refund.show']['refund'];

function Shown({ payout, refund, trail }: { payout: Withdrawal; refund: RefundShown | undefined; trail: React.ReactNode }) {
  const { w } = useWords();
  const zone = useZone();
  const steps = useSteps(payout.events, payout.ledger, payout.postback);
  return (
    <Page trail={trail}
      title={<><Money text={payout.amount} currency={payout.currency_code} big /><State of={w.payout.states} state={payout.state} large />
        {payout.attention && <Chip tone="review" large>{w.story.needsReview}</Chip>}{payout.uncovered && payout.state === 'queued' && <Chip tone="waiting" large>{w.story.uncovered}</Chip>}</>}>
      <div className="story">
        <div className="stack">
          <Card label={w.story.facts}>
            <Facts>
              <Fact name={w.field.receipt}>{payout.receipt && <Copy text={payout.receipt} />}</Fact>
              <Fact name={w.field.recipient}>{payout.account_number}</Fact>
              <Fact name={w.field.fee}><Money text={payout.fee} /></Fact>
              <Fact name={w.field.theirId}>{payout.withdrawal_id}</Fact>
              <Fact name={w.field.label}>{payout.label}</Fact>
              <Fact name={w.field.comment}>{payout.comment}</Fact>
              <Fact name={w.field.kind}>{w.payout.kinds[payout.kind] ?? payout.kind}</Fact>
              <Fact name={w.field.by}>{payout.created_by}</Fact>
              <Fact name={w.field.id}><Copy text={payout.id} /></Fact>
              <Fact name={w.field.merchant}>{payout.merchant}</Fact>
              <Fact name={w.field.time}><Time at={payout.created_at} /></Fact>
              <Fact name={w.field.code}>{payout.result_code && payout.state !== 'paid' ? <code>{payout.result_code}</code> : ''}</Fact>
            </Facts>
          </Card>
          {refund && <RefundFacts refund={refund} />}
          {payout.approvals.length > 0 && <Approved approvals={payout.approvals} />}
          <LedgerCard ledger={payout.ledger} />
          {payout.kind === 'api' && <ToldCard told={payout.postback} />}
        </div>
        <div className="stack">
          <WhatHappened steps={steps} zone={placeOf(zone)} />
          <RawMessages messages={payout.rail_messages} />
        </div>
        <Actions payout={payout} />
      </div>
    </Page>
  );
}

function RefundFacts({ refund }: { refund: Refund }) {
  const { w } = useWords();
  return (
    <Card>
      <Facts>
        <Fact name={w.field.order}>{refund.order_id && <Go to={`/deposits/${refund.order_id}`}><code>{refund.order_id}</code></Go>}</Fact>
        <Fact name={w.field.receipt}>{refund.receipt && <Copy text={refund.receipt} />}</Fact>
        <Fact name={w.field.method}>{w.payout.methods[refund.method] ?? refund.method}</Fact>
        <Fact name={w.field.reason}>{refund.reason}</Fact>
        <Fact name={w.field.gone}><Money text={refund.gone} /></Fact>
        <Fact name={w.field.paidWith}>{refund.paid_with && <code>{refund.paid_with}</code>}</Fact>
      </Facts>
    </Card>
  );
}

function Approved({ approvals }: { approvals: Approval[] }) {
  const { w } = useWords();
  return (
    <Card title={w.story.approvals}>
      <ul className="plain-list">{approvals.map(({ who, at, counts }) => <li key={`${who} ${at}`}><strong>{who}</strong> <span className="about"><Time at={at} />{!counts && `, ${w.story.notCounted}`}</span></li>)}</ul>
    </Card>
  );
}

function Actions({ payout }: { payout: Withdrawal }) {
  const { w } = useWords();
  const may = useMay();
  const tell = useTell();
  const { name } = useSession();
  const [form, setForm] = useState<'' | 'reject' | 'resolve'>('');
  const approve = useAct('withdrawal.approve');
  const resend = useAct('postback.resend');
  const waits = payout.state === 'waiting' && payout.needs_approval;
  const isOwn = payout.created_by === name;
  const canApprove = waits && !isOwn && may('withdrawal.approve');
  const canReject = (payout.state === 'waiting' || payout.state === 'queued') && may('withdrawal.reject');
  const canResolve = (payout.state === 'sent' || payout.state === 'unknown') && may('withdrawal.resolve');
  const canResend = payout.kind === 'api' && (payout.state === 'paid' || payout.state === 'failed') && may('postback.resend');
  const agree = async () => {
    const answer = await approve.run({ path: { id: payout.id }, body: { seen: payout.approval_code } });
    if (answer?.needed !== undefined) tell(w.act.approved(answer.approvals, answer.needed));
  };
  return (
    <aside className="stack actions" aria-label={w.story.actions}>
      <Card>
        <div className="action-list">
          {canApprove && <Button kind="go" size="wide" busy={approve.busy} onPress={() => void agree()}>{w.act.approve}</Button>}
          {canReject && <Button size="wide" onPress={() => setForm('reject')}>{w.act.reject}</Button>}
          {canResolve && <Button size="wide" onPress={() => setForm('resolve')}>{w.act.resolve}</Button>}
          {canResend && <Button size="wide" busy={resend.busy} onPress={() => void resend.run({ path: { payment: payout.id } }, w.act.resent)}>{w.act.resend}</Button>}
          {!(canApprove || canReject || canResolve || canResend) && <p className="about">{w.story.noActions}</p>}
        </div>
      </Card>
      {waits && isOwn && <Note>{w.approvals.ownPayout}</Note>}
      {form === 'reject' && <RejectForm id={payout.id} onClose={() => setForm('')} />}
      {form === 'resolve' && <ResolvePayoutForm id={payout.id} onClose={() => setForm('')} />}
    </aside>
  );
}
