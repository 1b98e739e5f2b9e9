// A chart of days, with its table behind it. Colours come from the tokens, and change with the theme.
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './chart.css';
import { short } from '../text/money';
import { shortDay } from '../text/time';
import { useWords } from '../words/words';

export interface Series { name: string; values: number[]; token: '--series-1' | '--series-2' | '--series-3' | '--series-usual'; dashed?: boolean }

const height = 230;
const colour = (token: string) => getComputedStyle(document.documentElement).getPropertyValue(token).trim();
// A hexadecimal colour, seen through.
const thin = (hex: string) => `${hex}22`;

/** days: "2026-11-29"; each series has a value for each. */
export function DayChart({ days, series, label }: { days: string[]; series: Series[]; label: string }) {
  const { language } = useWords();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const at = place.current;
    if (!at) return undefined;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      const font = `12px ${getComputedStyle(document.body).fontFamily}`;
      const axis = { stroke: colour('--soft'), font, grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
      plot = new uPlot({
        width: at.clientWidth, height, padding: [12, 8, 0, 0], legend: { show: false }, cursor: { y: false, points: { size: 7 } },
        scales: { x: { time: false }, y: { range: (_, __, most) => [0, most > 0 ? most * 1.12 : 1] } },
        axes: [
          { ...axis, size: 30, grid: { show: false }, values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) && days[tick] ? shortDay(days[tick], language) : '')) },
          { ...axis, size: 52, values: (_, ticks) => ticks.map(short) },
        ],
        series: [{}, ...series.map(({ name, token, dashed }) => ({
          label: name, stroke: colour(token), width: dashed ? 2 : 2.5, points: { show: days.length < 3 }, ...(dashed ? { dash: [5, 5] } : { fill: thin(colour(token)) }),
        }))],
      }, [days.map((_, i) => i), ...series.map(({ values }) => values)], at);
    };
    draw();
    const observer = new ResizeObserver(() => { if (plot && plot.width !== at.clientWidth) plot.setSize({ width: at.clientWidth, height }); });
    observer.observe(at);
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const chosen = new MutationObserver(draw);
    chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    dark.addEventListener('change', draw);
    return () => { observer.disconnect(); chosen.disconnect(); dark.removeEventListener('change', draw); plot?.destroy(); };
  }, [days, series, language]);
  return (
    <figure className="chart">
      <div className="chart-place" ref={place} role="img" aria-label={label} />
      <figcaption>{series.map(({ name, token, dashed }) => <span key={name} className={`key ${token.slice(2)}${dashed ? ' dashed' : ''}`}>{name}</span>)}</figcaption>
    </figure>
  );
}
