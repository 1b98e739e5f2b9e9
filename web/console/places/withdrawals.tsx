import { useMemo } from 'react';
import type { Answers, WithdrawalRow } from '../api/answers';
import type { Filter } from '../parts/filters';
import { List } from '../parts/list';
import { Empty, Page, useTitle } from '../parts/page';
import type { Column } from '../parts/rows';
import { Chip, Money, RowTime, State } from '../parts/show';
import { Go } from '../parts/to';
import { useMay } from '../session/session';
import type { Words } from '../words/en';
import { useWords } from '../words/words';

const hrefOf = (row: WithdrawalRow) => `/${row.kind === 'refund' ? 'refunds' : 'withdrawals'}/${row.id}`;
const rowsOf = (answer: Answers['withdrawal.list']) => answer.withdrawals;
const keyOf = (row: WithdrawalRow) => row.id;

const columnsIn = (w: Words): Column<WithdrawalRow>[] => [
  { id: 'time', name: w.field.time, cell: (row) => <Go to={hrefOf(row)} className="row-link"><RowTime at={row.created_at} /></Go>, narrow: 'under' },
  { id: 'state', name: w.field.state, narrow: 'lead',
    cell: (row) => <><State of={w.payout.states} state={row.state} />{row.attention && <Chip tone="review">{w.story.needsReview}</Chip>}{row.uncovered && row.state === 'queued' && <Chip tone="waiting">{w.story.uncovered}</Chip>}</> },
  { id: 'reason', name: w.field.reason, cell: (row) => (row.state === 'paid' ? '' : row.result_text || row.result_code), usual: false, narrow: 'off' },
  { id: 'kind', name: w.field.kind, cell: (row) => w.payout.kinds[row.kind] ?? row.kind, narrow: 'line' },
  { id: 'receipt', name: w.field.receipt, cell: (row) => <code>{row.receipt}</code>, narrow: 'line' },
  { id: 'theirs', name: w.field.theirId, cell: (row) => <span className="clip">{row.withdrawal_id}</span>, narrow: 'line' },
  { id: 'phone', name: w.field.recipient, cell: (row) => row.account_number, narrow: 'line' },
  { id: 'label', name: w.field.label, cell: (row) => <span className="clip">{row.label}</span>, usual: false, narrow: 'off' },
  { id: 'by', name: w.field.by, cell: (row) => row.created_by, usual: false, narrow: 'off' },
  { id: 'merchant', name: w.field.merchant, cell: (row) => row.merchant, narrow: 'off' },
  { id: 'id', name: w.field.id, cell: (row) => <code>{row.id}</code>, usual: false, narrow: 'off' },
  { id: 'fee', name: w.field.fee, cell: (row) => <Money text={row.fee} />, end: true, usual: false, narrow: 'off' },
  { id: 'amount', name: w.field.amount, cell: (row) => <Money text={row.amount} currency={row.currency_code} />, end: true, narrow: 'end' },
];

const filtersIn = (w: Words): Filter[] => [
  { name: 'receipt', label: w.field.receipt, mono: true },
  { name: 'phone', label: w.field.phone, hint: w.list.phoneHint },
  { name: 'amount', label: w.field.amount, hint: w.list.amountHint },
  { name: 'their_id', label: w.field.theirId },
  { name: 'kind', label: w.field.kind, choices: Object.entries(w.payout.kinds).map(([id, text]) => ({ id, text })) },
  { name: 'label', label: w.field.label },
  { name: 'by', label: w.field.by },
  { name: 'code', label: w.field.code, mono: true },
  { name: 'id', label: w.field.id, mono: true },
];

export function Withdrawals() {
  const { w } = useWords();
  const may = useMay();
  useTitle(w.withdrawal.title);
  const columns = useMemo(() => columnsIn(w), [w]);
  return (
    <Page title={w.withdrawal.title} about={w.withdrawal.about} actions={may('withdrawal.create') && <Go to="/withdrawals/add" className="button go usual">{w.withdrawal.add}</Go>}>
      <List name="withdrawals" question="withdrawal.list" rowsOf={rowsOf} columns={columns} keyOf={keyOf} hrefOf={hrefOf} states={w.payout.states}
        filters={filtersIn(w)} label={w.withdrawal.title} empty={<Empty icon="withdrawals" title={w.withdrawal.empty} hint={w.withdrawal.emptyHint} />} />
    </Page>
  );
}
