// One batch: what releasing it would do, its rows, the release, and how far it has come.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo, useState, type FormEvent, type ReactNode } from 'react';
import type { Batch, BatchCheck, BatchRow } from '../api/answers';
import { ask } from '../api/client';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { Dialog, DialogActions } from '../parts/dialog';
import { Choose, Field } from '../parts/field';
import { Bones, Card, Note, Page, useTitle } from '../parts/page';
import { Problem } from '../parts/problem';
import type { Column } from '../parts/rows';
import { Copy, Fact, Facts, Money, State, Time } from '../parts/show';
import { SimpleTable } from '../parts/simple_table';
import { Go } from '../parts/to';
import { useTell } from '../parts/tell';
import { useMay } from '../session/session';
import { useLive } from '../shell/live';
import { amount, count, toMinor } from '../text/money';
import type { Words } from '../words/en';
import { useWords } from '../words/words';

const pageSize = 50;
const soon = 1_000; // while it is being released

export function BatchStory() {
  const { number = '' } = useParams({ strict: false });
  const { w } = useWords();
  const topic = `batch:${number}`;
  useLive(topic);
  const path = { number };
  const shown = useQuery({
    queryKey: [topic, 'head'], queryFn: () => ask('batch.show', { path, query: { limit: '1' } as never }),
    refetchInterval: ({ state }) => (state.data?.batch.state === 'releasing' ? soon : false),
  });
  const isOpen = shown.data ? ['checked', 'reading', 'stopped'].includes(shown.data.batch.state) : false;
  const check = useQuery({ queryKey: [topic, 'check'], queryFn: () => ask('batch.check', { path }), enabled: isOpen });
  useTitle(w.batch.number(Number(number)));
  const trail = <Go to="/batches">{w.batch.title}</Go>;
  if (shown.error) return <Page title={w.batch.number(Number(number))} trail={trail}><Problem error={shown.error} retry={() => void shown.refetch()} /></Page>;
  if (!shown.data) return <Page title={w.batch.number(Number(number))} trail={trail}><div className="card"><Bones lines={6} label={w.say.loading} /></div></Page>;
  const { batch } = shown.data;
  return (
    <Page trail={trail} title={<>{w.batch.number(batch.number)}<State of={w.batch.states} state={batch.state} large /></>} about={batch.why || undefined}>
      <div className="story two-columns">
        <div className="stack">
          {batch.wrong > 0 && isOpen && <Note tone="bad" icon="flag"><strong>{w.batch.wrong(batch.wrong)}</strong> {w.batch.wrongHint}</Note>}
          {!isOpen && <Progress batch={batch} />}
          {isOpen && check.data && <DryRun check={check.data.check} />}
          {isOpen && check.error && <Problem error={check.error} retry={() => void check.refetch()} />}
          <BatchRows number={number} topic={topic} wrong={batch.wrong > 0 && isOpen} />
        </div>
        <div className="stack">
          <BatchActions batch={batch} />
          <Card>
            <Facts>
              <Fact name={w.field.sum}><Money text={batch.sum} currency={batch.currency_code} /></Fact>
              <Fact name={w.batch.allRows}>{count(batch.rows)}</Fact>
              <Fact name={w.field.merchant}>{batch.merchant}</Fact>
              <Fact name={w.field.uploaded}><Time at={batch.uploaded_at} /> {w.say.by(batch.uploaded_by)}</Fact>
              <Fact name={w.batch.states['releasing'] ?? ''}>{batch.released_at && <><Time at={batch.released_at} /> {w.say.by(batch.released_by)}</>}</Fact>
              <Fact name={w.field.closed}>{batch.ended_at && <Time at={batch.ended_at} />}</Fact>
              <Fact name="SHA-256"><Copy text={batch.digest}>{batch.digest.slice(0, 12)}…</Copy></Fact>
            </Facts>
          </Card>
        </div>
      </div>
    </Page>
  );
}

function Progress({ batch }: { batch: Batch }) {
  const { w } = useWords();
  const looked = batch.made + batch.there + batch.refused;
  return (
    <Card title={w.batch.progress} aside={w.batch.madeOf(looked, batch.rows)}>
      <progress className="bar" max={batch.rows || 1} value={looked} aria-label={w.batch.progress} />
      <div className="figures">
        {([['made', batch.made], ['there', batch.there], ['refused', batch.refused], ['open', batch.left]] as const).map(([state, number]) => (
          <p key={state}><strong>{count(number)}</strong> {w.batch.rowStates[state]}</p>
        ))}
      </div>
    </Card>
  );
}

const Figure = ({ number, children, warn = false }: { number: number; children: ReactNode; warn?: boolean }) => (
  <p className={warn && number > 0 ? 'warns' : ''}><strong>{count(number)}</strong> {children}</p>
);

function DryRun({ check }: { check: BatchCheck }) {
  const { w } = useWords();
  const { since_last: last } = check;
  return (
    <Card title={w.batch.dryRun}>
      <div className="figures">
        <Figure number={check.taken}>{w.batch.taken}</Figure>
        <Figure number={check.there}>{w.batch.there}</Figure>
        <Figure number={check.waiting_for_approval}>{w.batch.waiting}</Figure>
        <Figure number={check.new_recipients} warn>{w.batch.newRecipients}</Figure>
        <Figure number={check.repeats} warn>{w.batch.repeats}</Figure>
        {check.short_of && <Figure number={check.left} warn>{w.batch.shortOf}</Figure>}
      </div>
      {check.short_of && <p className="since-last">{check.short_of}</p>}
      {last && (
        <p className="since-last">{w.batch.sinceLast(last.batch)}: {count(last.same)} {w.batch.same}, {count(last.other_amount)} {w.batch.otherAmount}, {count(last.added)} {w.batch.added}, {count(last.gone)} {w.batch.gone}</p>
      )}
      <Some title={w.batch.largest} rows={check.largest} />
      <Some title={w.batch.toNew} rows={check.to_new} />
      <Some title={w.batch.repeated} rows={check.repeated.flat()} />
    </Card>
  );
}

const Some = ({ title, rows }: { title: string; rows: BatchRow[] }) => (rows.length === 0 ? null : (
  <details className="some"><summary>{title} <span className="count">{rows.length}</span></summary>
    <ul className="plain-list">{rows.map((row) => <li key={row.place}><span>{row.row}</span><span>{row.account_number}</span><span className="clip">{row.label}</span><Money text={row.amount} /></li>)}</ul>
  </details>
));

const columnsIn = (w: Words): Column<BatchRow>[] => [
  { id: 'row', name: w.field.row, cell: (row) => row.row, narrow: 'under' },
  { id: 'state', name: w.field.state, cell: (row) => <><State of={w.batch.rowStates} state={row.state} />{row.reason && <small className="why">{row.reason}</small>}</>, narrow: 'lead' },
  { id: 'id', name: w.field.theirId, cell: (row) => <span className="clip">{row.withdrawal_id}</span>, narrow: 'line' },
  { id: 'phone', name: w.field.recipient, cell: (row) => row.account_number, narrow: 'line' },
  { id: 'label', name: w.field.label, cell: (row) => <span className="clip">{row.label}</span>, narrow: 'line' },
  { id: 'amount', name: w.field.amount, cell: (row) => (row.amount ? <Money text={row.amount} /> : ''), end: true, narrow: 'end' },
];

function BatchRows({ number, topic, wrong }: { number: string; topic: string; wrong: boolean }) {
  const { w } = useWords();
  const [state, setState] = useState(wrong ? 'wrong' : 'any');
  const columns = useMemo(() => columnsIn(w), [w]);
  const { data, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [topic, 'rows', state], initialPageParam: '',
    queryFn: ({ pageParam }) => ask('batch.show', { path: { number }, query: { limit: String(pageSize), ...(pageParam ? { after: pageParam } : {}), ...(state === 'any' ? {} : { state }) } as never }),
    getNextPageParam: ({ rows }) => (rows.length === pageSize ? String(rows.at(-1)?.place) : undefined),
  });
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const choices = [{ id: 'any', text: w.batch.allRows }, ...Object.entries(w.batch.rowStates).map(([id, text]) => ({ id, text }))];
  return (
    <section className="list" aria-label={w.batch.allRows}>
      <div className="list-bar"><Choose label={w.field.state} hideLabel size="small" value={state} onChange={setState} choices={choices} /></div>
      <div className="card flush">
        {isPending ? <Bones lines={4} label={w.say.loading} /> : rows.length === 0 ? <p className="about padded">{w.list.none}</p>
          : <SimpleTable rows={rows} columns={columns} keyOf={(row) => String(row.place)} label={w.batch.allRows} />}
        {hasNextPage && <footer className="list-foot"><span /><Button size="small" busy={isFetchingNextPage} onPress={() => void fetchNextPage()}>{w.say.more}</Button></footer>}
      </div>
    </section>
  );
}

function BatchActions({ batch }: { batch: Batch }) {
  const { w } = useWords();
  const may = useMay();
  const tell = useTell();
  const [asking, setAsking] = useState<'' | 'release' | 'approve'>('');
  const cancel = useAct('batch.cancel');
  const canRelease = may('batch.release') && (batch.state === 'checked' || batch.state === 'stopped' || (batch.state === 'done' && batch.refused > 0));
  const canApprove = may('batch.approve') && batch.made > 0;
  const canCancel = may('batch.cancel') && batch.state !== 'done' && batch.state !== 'cancelled';
  if (!canRelease && !canApprove && !canCancel) return null;
  return (
    <Card>
      <div className="action-list">
        {canRelease && <Button kind="go" size="wide" isDisabled={batch.wrong > 0} onPress={() => setAsking('release')}>{w.batch.release}</Button>}
        {canApprove && <Button size="wide" kind={canRelease ? 'plain' : 'go'} onPress={() => setAsking('approve')}>{w.batch.approve}</Button>}
        {canCancel && <Button size="wide" busy={cancel.busy} onPress={() => void cancel.run({ path: { number: String(batch.number) } }, w.batch.cancelled)}>{w.batch.cancel}</Button>}
      </div>
      {asking && <SayTheSum batch={batch} what={asking} onClose={() => setAsking('')} onDone={tell} />}
    </Card>
  );
}

function SayTheSum({ batch, what, onClose, onDone }: { batch: Batch; what: 'release' | 'approve'; onClose: () => void; onDone: (text: string) => void }) {
  const { w } = useWords();
  const [sum, setSum] = useState('');
  const [asked, setAsked] = useState(false);
  const release = useAct('batch.release', { silent: true });
  const approve = useAct('batch.approve', { silent: true });
  const isOther = toMinor(sum) !== toMinor(batch.sum);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (isOther) return;
    const given = { path: { number: String(batch.number) }, body: { seen: batch.code, sum: sum.replace(/[,\s]/g, '') } };
    if (what === 'release' ? await release.run(given) : await approve.run(given)) { onDone(what === 'release' ? w.batch.released : w.batch.approved); onClose(); }
  };
  return (
    <Dialog open onClose={onClose} title={what === 'release' ? w.batch.releaseTitle : w.batch.approveTitle} about={<>{w.batch.rows(batch.rows)}. {w.batch.releaseAbout}</>}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <Field label={w.batch.sum} value={sum} onChange={setSum} numeric prefix="KES" autoFocus wrong={asked && isOther ? `${w.batch.otherSum} (${amount(sum) || '0'})` : undefined} />
        <Problem error={release.problem ?? approve.problem} acting />
        <DialogActions><Button onPress={onClose}>{w.say.cancel}</Button><Button kind="go" type="submit" busy={release.busy || approve.busy} isDisabled={!sum.trim()}>{what === 'release' ? w.batch.releaseTitle : w.batch.approveTitle}</Button></DialogActions>
      </form>
    </Dialog>
  );
}
