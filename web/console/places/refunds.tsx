import { useMemo } from 'react';
import type { Answers, RefundRow } from '../api/answers';
import type { Filter } from '../parts/filters';
import { List } from '../parts/list';
import { Empty, Page, useTitle } from '../parts/page';
import type { Column } from '../parts/rows';
import { Chip, Money, RowTime, State } from '../parts/show';
import { Go } from '../parts/to';
import type { Words } from '../words/en';
import { useWords } from '../words/words';

const hrefOf = (row: RefundRow) => `/refunds/${row.refund_id}`;
const rowsOf = (answer: Answers['refund.list']) => answer.refunds;
const keyOf = (row: RefundRow) => row.refund_id;

const columnsIn = (w: Words): Column<RefundRow>[] => [
  { id: 'time', name: w.field.time, cell: (row) => <Go to={hrefOf(row)} className="row-link"><RowTime at={row.created_at} /></Go>, narrow: 'under' },
  { id: 'state', name: w.field.state, narrow: 'lead',
    cell: (row) => <><State of={w.payout.states} state={row.state} />{row.attention && <Chip tone="review">{w.story.needsReview}</Chip>}</> },
  { id: 'why', name: w.field.code, cell: (row) => (row.state === 'paid' ? '' : row.result_text || row.result_code), usual: false, narrow: 'off' },
  { id: 'method', name: w.field.method, cell: (row) => w.payout.methods[row.method] ?? row.method, narrow: 'line' },
  { id: 'receipt', name: w.field.receipt, cell: (row) => <code>{row.receipt}</code>, narrow: 'line' },
  { id: 'order', name: w.field.order, cell: (row) => row.order_id && <Go to={`/deposits/${row.order_id}`}><code>{row.order_id}</code></Go>, narrow: 'off' },
  { id: 'reason', name: w.field.reason, cell: (row) => <span className="clip">{row.reason}</span>, narrow: 'line' },
  { id: 'phone', name: w.field.phone, cell: (row) => row.phone, narrow: 'line' },
  { id: 'who', name: w.field.by, cell: (row) => row.who, narrow: 'off' },
  { id: 'merchant', name: w.field.merchant, cell: (row) => row.merchant, usual: false, narrow: 'off' },
  { id: 'gone', name: w.field.gone, cell: (row) => <Money text={row.gone} />, end: true, usual: false, narrow: 'off' },
  { id: 'amount', name: w.field.amount, cell: (row) => <Money text={row.amount} currency="KES" />, end: true, narrow: 'end' },
];

const filtersIn = (w: Words): Filter[] => [
  { name: 'receipt', label: w.field.receipt, mono: true },
  { name: 'order', label: w.field.order, mono: true },
  { name: 'phone', label: w.field.phone, hint: w.list.phoneHint },
  { name: 'amount', label: w.field.amount, hint: w.list.amountHint },
  { name: 'method', label: w.field.method, choices: Object.entries(w.payout.methods).map(([id, text]) => ({ id, text })) },
  { name: 'by', label: w.field.by },
  { name: 'code', label: w.field.code, mono: true },
  { name: 'id', label: w.field.id, mono: true },
];

export function Refunds() {
  const { w } = useWords();
  useTitle(w.refund.title);
  const columns = useMemo(() => columnsIn(w), [w]);
  return (
    <Page title={w.refund.title} about={w.refund.about}>
      <List name="refunds" question="refund.list" rowsOf={rowsOf} columns={columns} keyOf={keyOf} hrefOf={hrefOf} states={w.payout.states}
        filters={filtersIn(w)} label={w.refund.title} empty={<Empty icon="refunds" title={w.refund.empty} hint={w.refund.emptyHint} />} />
    </Page>
  );
}
