import { useMemo } from 'react';
import type { Answers, TrailRow } from '../api/answers';
import type { Filter } from '../parts/filters';
import { List } from '../parts/list';
import { Empty, Page, useTitle } from '../parts/page';
import type { Column } from '../parts/rows';
import { RowTime } from '../parts/show';
import type { Words } from '../words/en';
import { useWords } from '../words/words';

const rowsOf = (answer: Answers['trail.list']) => answer.acts;
const keyOf = (row: TrailRow) => JSON.stringify(row);

const columnsIn = (w: Words): Column<TrailRow>[] => [
  { id: 'time', name: w.field.time, cell: (row) => <RowTime at={row.at} />, narrow: 'under' },
  { id: 'who', name: w.field.who, cell: (row) => <strong>{row.who}</strong>, narrow: 'end' },
  { id: 'act', name: w.field.act, cell: (row) => row.act, narrow: 'lead' },
  { id: 'subject', name: w.field.subject, cell: (row) => <code>{row.subject}</code>, narrow: 'line' },
  { id: 'detail', name: w.field.detail, cell: (row) => <span className="long">{row.detail}</span>, narrow: 'line' },
  { id: 'before', name: w.field.before, cell: (row) => <span className="long was">{row.before}</span>, narrow: 'line' },
  { id: 'after', name: w.field.after, cell: (row) => <span className="long is">{row.after}</span>, narrow: 'line' },
];
const filtersIn = (w: Words): Filter[] => [{ name: 'who', label: w.field.who }, { name: 'act', label: w.field.act, hint: 'refund' }, { name: 'subject', label: w.field.subject, mono: true }];

export function Trail() {
  const { w } = useWords();
  useTitle(w.trail.title);
  const columns = useMemo(() => columnsIn(w), [w]);
  return (
    <Page title={w.trail.title} about={w.trail.about}>
      <List name="trail" question="trail.list" rowsOf={rowsOf} columns={columns} keyOf={keyOf} filters={filtersIn(w)} label={w.trail.title} ofMerchants={false}
        empty={<Empty icon="trail" title={w.trail.empty} hint={w.trail.emptyHint} />} />
    </Page>
  );
}
