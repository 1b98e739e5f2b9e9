// One inbox of what waits for a second person: proposals, and payouts by the merchant's rules.
import { useQueries, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ProposalRow, WithdrawalRow } from '../api/answers';
import { ask } from '../api/client';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { useSearchSetter } from '../parts/filters';
import { Bones, Card, Empty, Note, Page, useTitle } from '../parts/page';
import { Problem } from '../parts/problem';
import { Copy, Fact, Facts, Money, Time, useAgo } from '../parts/show';
import { Go } from '../parts/to';
import { useTell } from '../parts/tell';
import { useMay, useSession } from '../session/session';
import { useLive } from '../shell/live';
import { useMerchant } from '../shell/merchant';
import { useWords } from '../words/words';
import { ShownOnce } from '../parts/shown_once';
import { RejectForm } from './withdrawal_forms';

type Item = { key: string; at: string } & ({ kind: 'proposal'; row: ProposalRow } | { kind: 'payout'; row: WithdrawalRow });

export function Approvals() {
  const { w } = useWords();
  const may = useMay();
  const merchant = useMerchant();
  const search = useSearch({ strict: false });
  const set = useSearchSetter();
  const ago = useAgo();
  // Here, and not beside its proposal, which is gone from the list once it is agreed to.
  const [secrets, setSecrets] = useState<Record<string, string> | null>(null);
  useTitle(w.approvals.title);
  useLive('inbox');
  const [proposals, payouts] = useQueries({ queries: [
    { queryKey: ['inbox', 'proposals'], queryFn: () => ask('proposal.list', { query: { state: 'open', limit: '200' } }), enabled: may('proposal.list') },
    { queryKey: ['inbox', 'payouts', merchant], queryFn: () => ask('withdrawal.list', { query: { state: 'waiting', limit: '200', ...(merchant ? { merchant } : {}) } }) },
  ] });
  const error = proposals.error ?? payouts.error;
  const items: Item[] = [
    ...(proposals.data?.proposals ?? []).map((row) => ({ key: `p${row.number}`, at: row.proposed_at, kind: 'proposal' as const, row })),
    ...(payouts.data?.withdrawals ?? []).filter((row) => row.needs_approval).map((row) => ({ key: `w${row.id}`, at: row.created_at, kind: 'payout' as const, row })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const chosen = items.find(({ key }) => key === search['item']) ?? items[0];
  const isPending = payouts.isPending || (may('proposal.list') && proposals.isPending);
  return (
    <Page title={w.approvals.title} about={w.approvals.about}>
      {error ? <Problem error={error} /> : isPending ? <div className="card"><Bones lines={5} label={w.say.loading} /></div> : items.length === 0 ? (
        <div className="card"><Empty icon="approvals" title={w.approvals.empty} hint={w.approvals.emptyHint} /></div>
      ) : (
        <div className="inbox">
          <ul className="inbox-list card flush">
            {items.map((item) => (
              <li key={item.key}>
                <button type="button" className="inbox-item" aria-current={item.key === chosen?.key} onClick={() => set({ item: item.key })}>
                  {item.kind === 'payout' ? <><strong><Money text={item.row.amount} currency={item.row.currency_code} /></strong><span>{w.payout.kinds[item.row.kind]} · {item.row.account_number}</span></>
                    : <><strong>{w.approvals.useCases[item.row.use_case] ?? item.row.use_case}</strong><span>{w.approvals.proposedBy(item.row.proposed_by)}</span></>}
                  <small>{ago(item.at)}</small>
                </button>
              </li>
            ))}
          </ul>
          {chosen?.kind === 'payout' && <PayoutDetail key={chosen.key} row={chosen.row} />}
          {chosen?.kind === 'proposal' && <ProposalDetail key={chosen.key} row={chosen.row} onSecrets={setSecrets} />}
        </div>
      )}
      {secrets && <ShownOnce title={w.approvals.keysShown} values={secrets} onClose={() => setSecrets(null)} />}
    </Page>
  );
}

function PayoutDetail({ row }: { row: WithdrawalRow }) {
  const { w } = useWords();
  const may = useMay();
  const tell = useTell();
  const { name } = useSession();
  const [rejecting, setRejecting] = useState(false);
  const approve = useAct('withdrawal.approve');
  const isOwn = row.created_by === name;
  const agree = async () => {
    const answer = await approve.run({ path: { id: row.id }, body: { seen: row.approval_code } });
    if (answer?.needed !== undefined) tell(w.act.approved(answer.approvals, answer.needed));
  };
  return (
    <Card title={w.approvals.exactly}>
      <p className="hero"><Money text={row.amount} currency={row.currency_code} big /></p>
      <Facts>
        <Fact name={w.field.recipient}><strong>{row.account_number}</strong></Fact>
        <Fact name={w.field.fee}><Money text={row.fee} /></Fact>
        <Fact name={w.field.kind}>{w.payout.kinds[row.kind] ?? row.kind}</Fact>
        <Fact name={w.field.merchant}>{row.merchant}</Fact>
        <Fact name={w.field.label}>{row.label}</Fact>
        <Fact name={w.field.comment}>{row.comment}</Fact>
        <Fact name={w.field.by}>{row.created_by}</Fact>
        <Fact name={w.field.time}><Time at={row.created_at} /></Fact>
        <Fact name={w.approvals.code}><Copy text={row.approval_code} /></Fact>
      </Facts>
      {isOwn && <Note>{w.approvals.ownPayout}</Note>}
      <div className="row end">
        <Go to={`/${row.kind === 'refund' ? 'refunds' : 'withdrawals'}/${row.id}`} className="button quiet usual">{w.story.what}</Go>
        {may('withdrawal.reject') && <Button onPress={() => setRejecting(true)}>{w.act.reject}</Button>}
        {may('withdrawal.approve') && !isOwn && <Button kind="go" busy={approve.busy} onPress={() => void agree()}>{w.act.approve}</Button>}
      </div>
      {rejecting && <RejectForm id={row.id} onClose={() => setRejecting(false)} />}
    </Card>
  );
}

const slugIn = (path: string) => /^\/admin\/merchants\/([^/]+)\/settings$/.exec(path)?.[1];

function ProposalDetail({ row, onSecrets }: { row: ProposalRow; onSecrets: (values: Record<string, string>) => void }) {
  const { w } = useWords();
  const { name } = useSession();
  const agree = useAct('proposal.agree');
  const reject = useAct('proposal.reject');
  const slug = row.use_case === 'merchant.set' ? slugIn(row.path) : undefined;
  const before = useQuery({ queryKey: ['merchant.show', slug], queryFn: () => ask('merchant.show', { path: { slug: slug ?? '' } }), enabled: slug !== undefined });
  const isOwn = row.proposed_by === name;
  const path = { number: String(row.number) };
  const fields = Object.entries(row.body ?? {});
  const say = async () => {
    const answer = await agree.run({ path, body: { seen: row.code } }, w.approvals.agreed) as Record<string, unknown> | undefined;
    const secrets = Object.fromEntries(Object.entries(answer ?? {}).filter((entry): entry is [string, string] =>
      typeof entry[1] === 'string' && (entry[0] in w.settings.credentials || entry[0] === 'key')));
    if (Object.keys(secrets).length > 0) onSecrets(secrets);
  };
  return (
    <Card title={w.approvals.useCases[row.use_case] ?? row.use_case} aside={w.approvals.proposedBy(row.proposed_by)}>
      <p className="about">{w.approvals.exactly}</p>
      <code className="path">{row.path}</code>
      {fields.length > 0 && (
        <div className="table-wrap"><table className="diff">
          <thead><tr><th scope="col">{w.approvals.field}</th>{slug && <th scope="col">{w.field.before}</th>}<th scope="col">{slug ? w.field.after : w.approvals.value}</th></tr></thead>
          <tbody>{fields.map(([field, value]) => (
            <tr key={field}><th scope="row">{field}</th>{slug && <td className="was">{before.data?.settings[field] || w.settings.empty}</td>}<td className="is">{typeof value === 'string' ? value : JSON.stringify(value)}</td></tr>
          ))}</tbody>
        </table></div>
      )}
      <Facts>
        <Fact name={w.field.time}><Time at={row.proposed_at} /></Fact>
        <Fact name={w.approvals.code}><Copy text={row.code} /></Fact>
      </Facts>
      {row.damaged && <Note tone="bad" icon="flag">{w.approvals.damaged}</Note>}
      {isOwn && <Note>{w.approvals.own}</Note>}
      <div className="row end">
        <Button busy={reject.busy} onPress={() => void reject.run({ path }, w.approvals.rejected)}>{isOwn ? w.approvals.withdraw : w.approvals.reject}</Button>
        {!isOwn && !row.damaged && <Button kind="go" busy={agree.busy} onPress={() => void say()}>{w.approvals.agree}</Button>}
      </div>
    </Card>
  );
}
