// Sheets in which no cell is a formula: a text that a spreadsheet program would calculate gets a
// quote in front, as `lango deposit list --csv` has it.
const amount = /^-?\d+(\.\d+)?$/;

export function cell(value: unknown): string {
  let text = value === null || value === undefined ? '' : String(value);
  if (/^[=+\-@\t\r\n|]/.test(text) && !amount.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
export const line = (cells: unknown[]): string => `${cells.map(cell).join(',')}\r\n`;

export function download(name: string, parts: BlobPart[], type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
