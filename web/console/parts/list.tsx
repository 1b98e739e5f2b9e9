// A list of the gateway: filters from the address, pages by its cursor, columns as they were chosen on
// this device, and an export of what is filtered.
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { getCoreRowModel, useReactTable, type VisibilityState } from '@tanstack/react-table';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Icon } from '../../design/icons';
import type { Answers, Paged } from '../api/answers';
import { ask, type Query, type Question } from '../api/client';
import { useMerchant } from '../shell/merchant';
import { useZone } from '../session/session';
import { keep, kept } from '../text/kept';
import { show } from '../text/time';
import { useWords } from '../words/words';
import { Button } from './button';
import { Export } from './export';
import { MoreFilters, queryOf, StateFilter, TimeFilter, type Filter } from './filters';
import { Bones, Empty } from './page';
import { Problem } from './problem';
import { Rows, type Column } from './rows';
import { defsOf } from './simple_table';
import { Views } from './views';

type ListQuestion = { [Q in Question]: Answers[Q] extends Paged ? Q : never }[Question];

interface Props<Q extends ListQuestion, R extends object> {
  name: string; question: Q; rowsOf: (answer: Answers[Q]) => R[]; columns: Column<R>[]; keyOf: (row: R) => string;
  hrefOf?: (row: R) => string; states?: Record<string, string>; filters: Filter[]; label: string; empty: ReactNode;
  always?: Record<string, string>; // asked for whatever the address says
  ofMerchants?: boolean; // false: its rows have no merchant
}

const pageSize = '50';
const pagesWithoutRows = 12; // until a person is asked whether to look further back
const newsEvery = 10_000;

function useColumns<R>(name: string, columns: Column<R>[]): [VisibilityState, (ids: Set<string>) => void] {
  const usual = () => columns.filter((column) => column.usual !== false).map(({ id }) => id);
  const [chosen, setChosen] = useState<string[]>(() => kept(`columns.${name}`)?.split(',') ?? usual());
  const shown = Object.fromEntries(columns.map(({ id }) => [id, chosen.includes(id)]));
  return [shown, (ids) => { const next = columns.map(({ id }) => id).filter((id) => ids.has(id)); keep(`columns.${name}`, next.join(',')); setChosen(next); }];
}

export function List<Q extends ListQuestion, R extends object>(props: Props<Q, R>) {
  const { name, question, rowsOf, columns, keyOf, hrefOf, states, filters, label, empty, always, ofMerchants = true } = props;
  const { w, language } = useWords();
  const zone = useZone();
  const merchant = useMerchant();
  const search = useSearch({ strict: false });
  const client = useQueryClient();
  const named: Filter[] = states ? [{ name: 'state', label: '' }, ...filters] : filters;
  const query = { ...queryOf(search, named, zone, ofMerchants ? merchant : undefined), ...always };
  const isFiltered = Object.keys(query).some((key) => key !== 'merchant' && !(always && key in always));
  const page = (before: string, limit: string) => ask(question, { query: { ...query, limit, ...(before ? { before } : {}) } as Query<Q> });
  const key = [question, query];
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: key, queryFn: ({ pageParam }) => page(pageParam, pageSize), initialPageParam: '', getNextPageParam: (last) => (last as Paged).next || undefined,
  });
  const rows = useMemo(() => (data?.pages ?? []).flatMap((answer) => rowsOf(answer)), [data, rowsOf]);
  const pages = data?.pages.length ?? 0;
  useEffect(() => {
    if (rows.length === 0 && hasNextPage && !isFetchingNextPage && pages < pagesWithoutRows) void fetchNextPage();
  }, [rows.length, hasNextPage, isFetchingNextPage, pages, fetchNextPage]);
  const { data: newest } = useQuery({
    queryKey: [question, 'newest', query], queryFn: () => page('', '1'), refetchInterval: newsEvery, enabled: !isPending && !error,
  });
  const latest = newest ? rowsOf(newest)[0] : undefined;
  const hasNewer = latest !== undefined && !isPending && !rows.slice(0, 20).some((row) => keyOf(row) === keyOf(latest));
  const showNewer = async () => { await client.cancelQueries({ queryKey: key }); await client.resetQueries({ queryKey: key, exact: true }); };
  const [visible, choose] = useColumns(name, columns);
  const defs = useMemo(() => defsOf(columns), [columns]);
  const table = useReactTable({ data: rows, columns: defs, getCoreRowModel: getCoreRowModel(), getRowId: keyOf, state: { columnVisibility: visible } });
  const searchedTo = (data?.pages.at(-1) as Paged | undefined)?.searched_to ?? '';
  return (
    <section className="list" aria-label={label}>
      <div className="list-bar">
        {states && <StateFilter states={states} />}
        <TimeFilter />
        {filters.length > 0 && <MoreFilters filters={filters} />}
        <Views list={name} names={[...named.map((filter) => filter.name), 'time', 'since', 'until']} />
        <div className="list-end">
          <MenuTrigger>
            <AriaButton className="button plain small"><Icon name="columns" size={16} />{w.list.columns}</AriaButton>
            <Popover className="popover" placement="bottom end">
              <Menu className="listbox" aria-label={w.list.columns} selectionMode="multiple" disallowEmptySelection selectedKeys={columns.filter(({ id }) => visible[id]).map(({ id }) => id)}
                onSelectionChange={(keys) => choose(keys === 'all' ? new Set(columns.map(({ id }) => id)) : new Set([...keys].map(String)))}>
                {columns.map((column) => <MenuItem key={column.id} id={column.id} className="option"><span className="tick"><Icon name="check" size={16} /></span>{column.name}</MenuItem>)}
              </Menu>
            </Popover>
          </MenuTrigger>
          <Export name={name} page={async (before) => { const answer = await page(before, '1000'); return { rows: rowsOf(answer), next: (answer as Paged).next }; }} />
        </div>
      </div>
      <div className="newer-place" role="status">{hasNewer && <button type="button" className="newer" onClick={() => void showNewer()}><Icon name="refresh" size={15} />{w.list.newer}</button>}</div>
      {error ? <Problem error={error} retry={() => void refetch()} /> : isPending ? <div className="card"><Bones lines={8} label={w.say.loading} /></div> : (
        <div className="card flush">
          {rows.length > 0 && <Rows table={table} hrefOf={hrefOf} label={label} />}
          {rows.length === 0 && !hasNextPage && (isFiltered ? <Empty icon="filter" title={w.list.none} hint={w.list.noneHint} /> : empty)}
          {(rows.length > 0 || hasNextPage) && (
            <footer className="list-foot">
              {hasNextPage ? <><span>{searchedTo && w.list.searched(show(searchedTo, 'full', zone, language))}</span>
                <Button size="small" busy={isFetchingNextPage} onPress={() => void fetchNextPage()}>{rows.length === 0 ? w.list.goOn : w.say.more}</Button></> : <span>{w.list.all}</span>}
            </footer>
          )}
        </div>
      )}
    </section>
  );
}
