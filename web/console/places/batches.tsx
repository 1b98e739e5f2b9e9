// Batches of withdrawals: a sheet is dropped, looked at, and nothing is paid until it is released.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { DropZone, FileTrigger, isFileDropItem } from 'react-aria-components';
import { Icon } from '../../design/icons';
import type { Batch } from '../api/answers';
import { ask } from '../api/client';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { Tick } from '../parts/field';
import { Bones, Empty, Note, Page, useTitle } from '../parts/page';
import { Problem } from '../parts/problem';
import type { Column } from '../parts/rows';
import { Money, RowTime, State } from '../parts/show';
import { SimpleTable } from '../parts/simple_table';
import { Go, toPath } from '../parts/to';
import { useMay } from '../session/session';
import { useMerchant } from '../shell/merchant';
import { count } from '../text/money';
import type { Words } from '../words/en';
import { useWords } from '../words/words';

const hrefOf = (batch: Batch) => `/batches/${batch.number}`;
const columnsIn = (w: Words): Column<Batch>[] => [
  { id: 'number', name: w.field.number, cell: (batch) => <Go to={hrefOf(batch)} className="row-link">{w.batch.number(batch.number)}</Go>, narrow: 'lead' },
  { id: 'state', name: w.field.state, cell: (batch) => <State of={w.batch.states} state={batch.state} />, narrow: 'line' },
  { id: 'uploaded', name: w.field.uploaded, cell: (batch) => <RowTime at={batch.uploaded_at} />, narrow: 'under' },
  { id: 'by', name: w.field.by, cell: (batch) => batch.uploaded_by, narrow: 'off' },
  { id: 'merchant', name: w.field.merchant, cell: (batch) => batch.merchant, narrow: 'off' },
  { id: 'rows', name: w.batch.allRows, cell: (batch) => (batch.made + batch.there > 0 ? w.batch.madeOf(batch.made + batch.there, batch.rows) : count(batch.rows)), end: true, narrow: 'line' },
  { id: 'sum', name: w.field.sum, cell: (batch) => <Money text={batch.sum} currency={batch.currency_code} />, end: true, narrow: 'end' },
];

const pageSize = 50;

export function Batches() {
  const { w } = useWords();
  const may = useMay();
  const merchant = useMerchant();
  useTitle(w.batch.title);
  const columns = useMemo(() => columnsIn(w), [w]);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['batch.list', merchant], initialPageParam: '',
    queryFn: ({ pageParam }) => ask('batch.list', { query: { limit: String(pageSize), ...(merchant ? { merchant } : {}), ...(pageParam ? { before: pageParam } : {}) } as never }),
    getNextPageParam: ({ batches }) => (batches.length === pageSize ? String(batches.at(-1)?.number) : undefined),
  });
  const batches = data?.pages.flatMap((page) => page.batches) ?? [];
  return (
    <Page title={w.batch.title} about={w.batch.about}>
      {may('batch.upload') && <Upload />}
      {error ? <Problem error={error} retry={() => void refetch()} /> : isPending ? <div className="card"><Bones lines={4} label={w.say.loading} /></div> : (
        <div className="card flush">
          {batches.length === 0 ? <Empty icon="batches" title={w.batch.empty} hint={w.batch.emptyHint} />
            : <SimpleTable rows={batches} columns={columns} keyOf={(batch) => String(batch.number)} hrefOf={hrefOf} label={w.batch.title} />}
          {hasNextPage && <footer className="list-foot"><span /><Button size="small" busy={isFetchingNextPage} onPress={() => void fetchNextPage()}>{w.say.more}</Button></footer>}
        </div>
      )}
    </Page>
  );
}

function Upload() {
  const { w } = useWords();
  const merchant = useMerchant();
  const navigate = useNavigate();
  const [hidden, setHidden] = useState(false);
  const [again, setAgain] = useState(false);
  const upload = useAct('batch.upload', { silent: true });
  const take = async (file: File | undefined) => {
    if (!file || !merchant) return;
    const answer = await upload.run({ file: await file.arrayBuffer(),
      query: { merchant, ...(hidden ? { include_hidden: 'yes' } : {}), ...(again ? { again: 'yes' } : {}) } as never });
    if (answer?.batch) void navigate({ to: toPath(`/batches/${answer.batch.number}`) });
  };
  if (!merchant) return <Note>{w.batch.needMerchant}</Note>;
  return (
    <section className="upload" aria-label={w.batch.upload}>
      <DropZone className="dropzone" aria-label={w.batch.drop} getDropOperation={() => 'copy'}
        onDrop={(event) => { const item = event.items.find(isFileDropItem); if (item) void item.getFile().then(take); }}>
        <Icon name="file" size={28} />
        {upload.busy ? <p role="status">{w.batch.looking}</p> : (
          <>
            <p><strong>{w.batch.drop}</strong></p>
            <FileTrigger acceptedFileTypes={['.csv', '.xlsx']} onSelect={(files) => void take(files?.[0])}><Button size="small">{w.batch.dropOr}</Button></FileTrigger>
          </>
        )}
        <p className="about">{w.batch.columns}</p>
      </DropZone>
      <div className="ticks"><Tick value={hidden} onChange={setHidden}>{w.batch.hidden}</Tick><Tick value={again} onChange={setAgain}>{w.batch.again}</Tick></div>
      <Problem error={upload.problem} acting />
    </section>
  );
}
