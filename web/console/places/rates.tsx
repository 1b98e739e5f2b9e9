import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { ask, Refused } from '../api/client';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Bones, Card, Empty, Page, useTitle } from '../parts/page';
import { Problem } from '../parts/problem';
import type { Column } from '../parts/rows';
import { Fact, Facts, Time, useAgo } from '../parts/show';
import { SimpleTable } from '../parts/simple_table';
import { useTell } from '../parts/tell';
import { useMay } from '../session/session';
import { useWords } from '../words/words';

interface Rate { code: string; rate: string; name: string }

export function Rates() {
  const { w, language } = useWords();
  const may = useMay();
  const ago = useAgo();
  const tell = useTell();
  useTitle(w.rates.title);
  const [text, setText] = useState('');
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['rates.show'], queryFn: () => ask('rates.show') });
  const take = useAct('rates.import', { silent: true });
  const names = useMemo(() => new Intl.DisplayNames([language === 'sw' ? 'sw' : 'en'], { type: 'currency', fallback: 'none' }), [language]);
  const rates = useMemo<Rate[]>(() => Object.entries(data?.per_usd ?? {}).filter(([, rate]) => Number(rate) !== 0)
    .map(([code, rate]) => ({ code, rate: String(rate), name: nameOf(names, code) })), [data, names]);
  const shown = rates.filter(({ code, name }) => `${code} ${name}`.toLowerCase().includes(text.trim().toLowerCase()));
  const columns = useMemo<Column<Rate>[]>(() => [
    { id: 'code', name: w.field.currency, cell: ({ code }) => <strong>{code}</strong>, narrow: 'lead' },
    { id: 'name', name: w.field.name, cell: ({ name }) => name, narrow: 'line' },
    { id: 'rate', name: w.field.rate, cell: ({ rate }) => rate, end: true, narrow: 'end' },
  ], [w]);
  const bring = async (file: File | undefined) => {
    if (!file) return;
    const answer = await take.run({ file: await file.arrayBuffer(), query: { source: file.name } as never }) as { rates_known?: number } | undefined;
    if (answer) tell(w.rates.imported2(answer.rates_known ?? 0));
  };
  const none = error instanceof Refused && error.permission === '' && !error.code.startsWith('not_');
  return (
    <Page title={w.rates.title} about={w.rates.about} actions={may('rates.import') && <FileTrigger acceptedFileTypes={['.json']} onSelect={(files) => void bring(files?.[0])}><Button icon="file" busy={take.busy}>{w.rates.import}</Button></FileTrigger>}>
      <Problem error={take.problem} acting />
      {none ? <div className="card"><Empty icon="rates" title={w.rates.none} hint={w.rates.noneHint} /></div> : error ? <Problem error={error} retry={() => void refetch()} /> : isPending ? <div className="card"><Bones lines={5} label={w.say.loading} /></div> : (
        <>
          <Card><Facts>
            <Fact name={w.rates.source}>{data.source}</Fact>
            <Fact name={w.rates.asOf}><Time at={data.as_of} /> ({ago(data.as_of)})</Fact>
            <Fact name={w.rates.imported}><Time at={data.imported_at} /></Fact>
          </Facts></Card>
          <div className="list-bar"><Field label={w.rates.find} value={text} onChange={setText} needed={false} type="search" /></div>
          <div className="card flush">{shown.length === 0 ? <p className="about padded">{w.list.none}</p> : <SimpleTable rows={shown} columns={columns} keyOf={({ code }) => code} label={w.rates.title} />}</div>
        </>
      )}
    </Page>
  );
}

// Codes that no longer are currencies have no name.
function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? '';
  } catch {
    return '';
  }
}
