// A table of rows, each of which leads to its own page. On a phone each row is a small card.
import { flexRender, type Table } from '@tanstack/react-table';
import { useNavigate } from '@tanstack/react-router';
import { useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { useWords } from '../words/words';
import { toPath } from './to';

declare module '@tanstack/react-table' {
  interface ColumnMeta<TData, TValue> { end?: boolean; narrow?: Narrow; name: string }
}
/** Where a column stands on a phone: the row's first words, its end, the line below, that line's end, or nowhere. */
export type Narrow = 'lead' | 'end' | 'line' | 'under' | 'off';

export interface Column<R> {
  id: string; name: string; cell: (row: R) => ReactNode; end?: boolean; narrow?: Narrow;
  usual?: boolean; // false: it is shown only where somebody chose it
}

const step: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last), ArrowUp: (at) => Math.max(at - 1, 0), Home: () => 0, End: (_, last) => last,
};

/** hrefOf: where a row leads; without it rows lead nowhere. */
export function Rows<R>({ table, hrefOf, label }: { table: Table<R>; hrefOf?: ((row: R) => string) | undefined; label: string }) {
  const { w } = useWords();
  const navigate = useNavigate();
  const body = useRef<HTMLTableSectionElement>(null);
  const open = (row: R) => { if (hrefOf) void navigate({ to: toPath(hrefOf(row)) }); };
  const onKeyDown = (event: KeyboardEvent) => {
    const rows = [...(body.current?.rows ?? [])];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = step[event.key]?.(at, rows.length - 1);
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    rows[next]?.querySelector<HTMLElement>('a, button')?.focus();
  };
  const onClick = (event: MouseEvent, row: R) => {
    // What stands in the row and does something itself is left to it, and so is a text that is being marked.
    if ((event.target as HTMLElement).closest('a, button') || window.getSelection()?.toString()) return;
    open(row);
  };
  return (
    <div className="table-wrap">
      <table role="table" className={`rows${hrefOf ? ' leads' : ''}`} aria-label={label}>
        {hrefOf && <caption className="sr">{w.list.rows}</caption>}
        <thead role="rowgroup">
          {table.getHeaderGroups().map((group) => (
            <tr role="row" key={group.id}>
              {group.headers.map(({ id, column, getContext }) => (
                <th role="columnheader" scope="col" key={id} className={`${column.columnDef.meta?.end ? 'end ' : ''}n-${column.columnDef.meta?.narrow ?? 'line'}`}>{flexRender(column.columnDef.header, getContext())}</th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody role="rowgroup" ref={body} onKeyDown={onKeyDown}>
          {table.getRowModel().rows.map((row) => (
            <tr role="row" key={row.id} onClick={(event) => onClick(event, row.original)}>
              {row.getVisibleCells().map((cell) => {
                const meta = cell.column.columnDef.meta;
                return (
                  <td role="cell" key={cell.id} className={`${meta?.end ? 'end ' : ''}n-${meta?.narrow ?? 'line'}`} data-name={meta?.name}>
                    {flexRender(cell.column.columnDef.cell, cell.getContext())}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
