// A table of what is there at once: no pages, no chooser of columns.
import { getCoreRowModel, useReactTable, type ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { Rows, type Column } from './rows';

export function defsOf<R>(columns: Column<R>[]): ColumnDef<R>[] {
  return columns.map(({ id, name, cell, end, narrow }) => ({
    id, header: name, cell: ({ row }) => cell(row.original), meta: { name, ...(end ? { end } : {}), ...(narrow ? { narrow } : {}) },
  }));
}

export function SimpleTable<R>({ rows, columns, keyOf, hrefOf, label }: {
  rows: R[]; columns: Column<R>[]; keyOf: (row: R) => string; hrefOf?: (row: R) => string; label: string;
}) {
  const defs = useMemo(() => defsOf(columns), [columns]);
  const table = useReactTable({ data: rows, columns: defs, getCoreRowModel: getCoreRowModel(), getRowId: keyOf });
  return <Rows table={table} hrefOf={hrefOf} label={label} />;
}
