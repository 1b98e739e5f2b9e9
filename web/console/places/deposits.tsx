import type { Answers, DepositRow } from '../api/answers';
import type { Filter } from '../parts/filters';
import { List } from '../parts/list';
import { Empty, Page, useTitle } from '../parts/page';
import type { Column } from '../parts/rows';
import { Chip, Money, RowTime, State } from '../parts/show';
import { Go } from '../parts/to';
import type { Words } from '../words/en';
import { useWords } from '../words/words';
import { useMemo } from 'react';

export const depositHref = (id: string) => `/deposits/${id}`;
const rowsOf = (answer: Answers['deposit.list']) => answer.deposits;
const keyOf = (row: DepositRow) => row.order_id;

const columnsIn = (w: Words): Column<DepositRow>[] => [
  { id: 'time', name: w.field.time, cell: (row) => <Go to={depositHref(row.order_id)} className="row-link"><RowTime at={row.created_at} /></Go>, narrow: 'under' },
  { id: 'state', name: w.field.state, narrow: 'lead',
    cell: (row) => <><State of={w.deposit.states} state={row.state} />{row.needs_review && <Chip tone="review">{w.story.needsReview}</Chip>}</> },
  { id: 'reason', name: w.field.reason, cell: (row) => (row.state === 'paid' ? '' : w.deposit.codes[row.result_code] ?? (row.result_text || row.result_code)), usual: false, narrow: 'off' },
  { id: 'receipt', name: w.field.receipt, cell: (row) => <code>{row.receipt}</code>, narrow: 'line' },
  { id: 'theirs', name: w.field.theirId, cell: (row) => <span className="clip">{row.custom_transaction_id}</span>, narrow: 'line' },
  { id: 'label', name: w.field.label, cell: (row) => <span className="clip">{row.label}</span>, usual: false, narrow: 'off' },
  { id: 'phone', name: w.field.phone, cell: (row) => row.phone, narrow: 'line' },
  { id: 'merchant', name: w.field.merchant, cell: (row) => row.merchant, narrow: 'off' },
  { id: 'id', name: w.field.id, cell: (row) => <code>{row.order_id}</code>, usual: false, narrow: 'off' },
  { id: 'amount', name: w.field.amount, cell: (row) => <Money text={row.amount} currency={row.currency} />, end: true, narrow: 'end' },
];

const filtersIn = (w: Words): Filter[] => [
  { name: 'receipt', label: w.field.receipt, mono: true },
  { name: 'phone', label: w.field.phone, hint: w.list.phoneHint },
  { name: 'amount', label: w.field.amount, hint: w.list.amountHint },
  { name: 'their_id', label: w.field.theirId },
  { name: 'label', label: w.field.label },
  { name: 'code', label: w.field.code, mono: true },
  { name: 'id', label: w.field.id, mono: true },
  { name: 'review', label: w.field.review, choices: [{ id: 'yes', text: w.list.review }] },
];

export function Deposits() {
  const { w } = useWords();
  useTitle(w.deposit.title);
  const columns = useMemo(() => columnsIn(w), [w]);
  return (
    <Page title={w.deposit.title} about={w.deposit.about}>
      <List name="deposits" question="deposit.list" rowsOf={rowsOf} columns={columns} keyOf={keyOf} hrefOf={(row) => depositHref(row.order_id)}
        states={w.deposit.states} filters={filtersIn(w)} label={w.deposit.title}
        empty={<Empty icon="deposits" title={w.deposit.empty} hint={w.deposit.emptyHint} />} />
    </Page>
  );
}
