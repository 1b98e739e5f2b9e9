// A QR code, of the path of its dark squares or of rows of 0 and 1; black on white in every theme, for cameras.
const quiet = 4;

function square(data: string): { side: number; path: string } {
  const rows = data.trim().split('\n');
  if (rows.every((row) => /^[01]+$/.test(row))) {
    const path = rows.flatMap((row, y) => [...row.matchAll(/1+/g)].map((run) =>
      `M${run.index + quiet} ${y + quiet}h${run[0].length}v1h-${run[0].length}z`)).join('');
    return { side: rows.length + 2 * quiet, path };
  }
  // What ends furthest to the right and stands lowest tells the side.
  const ends = [...data.matchAll(/M(\d+)[ ,](\d+)h(\d+)/g)].map(([, x, y, run]) => Math.max(Number(x) + Number(run), Number(y) + 1));
  return { side: Math.max(0, ...ends) + quiet, path: data };
}

export function Qr({ data, label }: { data: string; label: string }) {
  const { side, path } = square(data);
  return (
    <svg role="img" aria-label={label} className="qr" viewBox={`0 0 ${side} ${side}`} shapeRendering="crispEdges">
      <rect width={side} height={side} fill="#fff" /><path d={path} fill="#000" />
    </svg>
  );
}
