import { useMemo } from 'react';
import type { Answers, PostbackRow } from '../api/answers';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import type { Filter } from '../parts/filters';
import { List } from '../parts/list';
import { Empty, Page, useTitle } from '../parts/page';
import type { Column } from '../parts/rows';
import { RowTime, State, Time } from '../parts/show';
import { Go } from '../parts/to';
import { useMay } from '../session/session';
import type { Words } from '../words/en';
import { useWords } from '../words/words';

const rowsOf = (answer: Answers['postback.list']) => answer.postbacks;
const keyOf = (row: PostbackRow) => row.id;

function columnsIn(w: Words, mayResend: boolean): Column<PostbackRow>[] {
  return [
    { id: 'time', name: w.field.time, cell: (row) => <RowTime at={row.created_at} />, narrow: 'under' },
    { id: 'state', name: w.field.state, cell: (row) => <State of={w.postback.states} state={row.state} />, narrow: 'lead' },
    { id: 'payment', name: w.field.payment, cell: (row) => <Go to={`/deposits/${row.payment}`} className="row-link"><code>{row.payment}</code></Go>, narrow: 'line' },
    { id: 'attempts', name: w.field.attempts, cell: (row) => row.attempts, end: true, narrow: 'off' },
    { id: 'answer', name: w.field.lastAnswer, narrow: 'line',
      cell: (row) => (row.attempts === 0 ? '' : <>{w.story.outcomes[row.last_outcome] ?? row.last_outcome} {row.last_status ? <code>{row.last_status}</code> : ''}</>) },
    { id: 'next', name: w.field.nextTry, cell: (row) => (row.state === 'waiting' ? <Time at={row.next_try} form="time" /> : ''), narrow: 'line' },
    { id: 'merchant', name: w.field.merchant, cell: (row) => row.merchant, narrow: 'off' },
    { id: 'id', name: w.field.id, cell: (row) => <code>{row.id}</code>, usual: false, narrow: 'off' },
    ...(mayResend ? [{ id: 'resend', name: w.postback.resend, cell: (row: PostbackRow) => <Resend payment={row.payment} />, end: true, narrow: 'end' as const }] : []),
  ];
}

function Resend({ payment }: { payment: string }) {
  const { w } = useWords();
  const resend = useAct('postback.resend');
  return <Button size="small" icon="refresh" busy={resend.busy} onPress={() => void resend.run({ path: { payment } }, w.act.resent)}>{w.postback.resend}</Button>;
}

const filtersIn = (w: Words): Filter[] => [
  { name: 'payment', label: w.field.payment, mono: true },
  { name: 'id', label: w.field.id, mono: true, hint: 'msg_…' },
  { name: 'attempts', label: w.field.attempts },
  { name: 'status', label: w.field.lastAnswer, hint: '500' },
];

export function Postbacks() {
  const { w } = useWords();
  const may = useMay();
  useTitle(w.postback.title);
  const mayResend = may('postback.resend');
  const columns = useMemo(() => columnsIn(w, mayResend), [w, mayResend]);
  return (
    <Page title={w.postback.title} about={w.postback.about}>
      <List name="postbacks" question="postback.list" rowsOf={rowsOf} columns={columns} keyOf={keyOf} states={w.postback.states} filters={filtersIn(w)}
        label={w.postback.title} empty={<Empty icon="postbacks" title={w.postback.empty} hint={w.postback.emptyHint} />} />
    </Page>
  );
}
