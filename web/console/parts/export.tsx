// Exports exactly what a list is filtered by: all its pages, as a sheet in which no cell is a formula.
import { useRef, useState } from 'react';
import { Button } from './button';
import { useTell } from './tell';
import { sayWrong } from './problem';
import { download, line } from '../text/csv';
import { count } from '../text/money';
import { useWords } from '../words/words';

export interface SheetPage { rows: object[]; next: string }

// What programs alone need.
const left = new Set(['approval_code', 'damaged', 'body']);

export function Export({ name, page }: { name: string; page: (before: string) => Promise<SheetPage> }) {
  const { w } = useWords();
  const tell = useTell();
  const [rows, setRows] = useState<number | null>(null);
  const stopped = useRef(false);
  async function run() {
    stopped.current = false;
    setRows(0);
    const parts: string[] = ['\uFEFF'];
    let all = 0;
    try {
      for (let before = '', isFirst = true; isFirst || before; isFirst = false) {
        const got = await page(before);
        const [first] = got.rows;
        if (parts.length === 1 && first) parts.push(line(Object.keys(first).filter((key) => !left.has(key))));
        parts.push(got.rows.map((row) => line(Object.entries(row).filter(([key]) => !left.has(key)).map(([, value]) => value))).join(''));
        all += got.rows.length;
        setRows(all);
        if (stopped.current) return;
        before = got.next;
      }
      download(`${name}.csv`, parts);
      tell(w.list.exported(count(all)));
    } catch (error) {
      tell(sayWrong(error, w), 'bad');
    } finally {
      setRows(null);
    }
  }
  if (rows !== null) return <Button size="small" icon="close" onPress={() => { stopped.current = true; }}>{w.list.exporting(count(rows))} {w.list.stop}</Button>;
  return <Button size="small" icon="download" onPress={() => void run()}>{w.list.export}</Button>;
}
