// Drawings of 20 by 20, in the colour of the text around them. They say nothing by themselves: each
// stands beside its word, or on a button that has a name.
import type { ReactElement } from 'react';

const disc = <circle cx="10" cy="10" r="7.25" />;

const drawings = {
  home: <path d="M3 9.2 10 3.5l7 5.7M5 8v8.5h3.6v-4.6h2.8v4.6H15V8" />,
  deposits: <path d="M10 3v9.5m0 0 4-4m-4 4-4-4M3.5 13.5v3h13v-3" />,
  withdrawals: <path d="M10 13V3.5m0 0 4 4m-4-4-4 4M3.5 13.5v3h13v-3" />,
  refunds: <path d="M7.5 4 3.8 7.6l3.7 3.7M4 7.6h8a4.2 4.2 0 0 1 0 8.4H7.5" />,
  batches: <path d="M4 3.5h12v13H4zM4 7.8h12M4 12.1h12M8.5 7.8v8.7" />,
  approvals: <path d="m3.5 10.2 2.6 2.6L9.3 8M3.5 4.5h13M12 10.2h4.5M12 15.5h4.5M3.5 15.5h5" />,
  unmatched: <path d="M8.3 11.7a3.2 3.2 0 0 0 4.6 0l2.6-2.6A3.25 3.25 0 0 0 10.9 4.5l-.8.8M11.7 8.3a3.2 3.2 0 0 0-4.6 0L4.5 10.9a3.25 3.25 0 0 0 4.6 4.6l.8-.8M3.5 3.5l2 2M16.5 16.5l-2-2" />,
  balances: <path d="M10 3v14M5.5 17h9M3.5 6h13M5.5 6 3.2 11.5a2.5 2.5 0 0 0 4.6 0L5.5 6Zm9 0-2.3 5.5a2.5 2.5 0 0 0 4.6 0L14.5 6Z" />,
  postbacks: <path d="M17 3 9 11M17 3l-5 14-3-6-6-3 14-5Z" />,
  reports: <path d="M3.5 16.5h13M5.5 16v-5M10 16V4.5M14.5 16V8" />,
  settings: <path d="M3.5 6h6.5m4 0h2.5M3.5 14H6m4 0h6.5M12 3.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4ZM8 11.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4Z" />,
  team: <path d="M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 16.5c0-2.8 2.2-4.5 5-4.5s5 1.7 5 4.5M13 3.8a3 3 0 0 1 0 5.5M14.8 12.3c1.7.7 2.7 2.2 2.7 4.2" />,
  trail: <path d="M5 3.5h10v13H5zM7.8 7h4.4M7.8 10h4.4M7.8 13h2.4" />,
  merchants: <path d="M3.5 8.5V16.5h13V8.5M2.8 8.2 4.5 3.5h11l1.7 4.7a2.3 2.3 0 0 1-4.6.2 2.5 2.5 0 0 1-5.2 0 2.3 2.3 0 0 1-4.6-.2ZM8 16.5v-4h4v4" />,
  rates: <path d="M4 7h11.5M12.5 4l3 3-3 3M16 13H4.5M7.5 10l-3 3 3 3" />,
  health: <path d="M2.5 10.5h3.3l2-5.5 3.5 10 2.2-4.5h4" />,
  check: <>{disc}<path d="m6.8 10.3 2.2 2.2 4.3-4.7" /></>,
  waiting: <><circle cx="10" cy="10" r="7.25" strokeOpacity=".3" /><path d="M10 2.75A7.25 7.25 0 0 1 17.25 10M10 6v4.2l2.6 1.6" /></>,
  unknown: <><path d="M10 2.75a7.25 7.25 0 1 1-5.6 2.6" /><circle cx="10" cy="10" r="1.3" fill="currentColor" stroke="none" /></>,
  tick: <path d="m4.5 10.5 3.6 3.6L15.5 6" />,
  cross: <>{disc}<path d="m7.5 7.5 5 5m0-5-5 5" /></>,
  flag: <path d="M5 17.5V3.2M5 4h9.5l-2 3.2 2 3.3H5" />,
  back: <path d="M7.5 4 3.8 7.6l3.7 3.7M4 7.6h8a4.2 4.2 0 0 1 0 8.4H7.5" />,
  search: <path d="M9 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12Zm4.3-1.7 3.7 3.7" />,
  down: <path d="m5.5 8 4.5 4.5L14.5 8" />,
  right: <path d="m8 5.5 4.5 4.5L8 14.5" />,
  left: <path d="M12 5.5 7.5 10l4.5 4.5" />,
  close: <path d="m5.5 5.5 9 9m0-9-9 9" />,
  menu: <path d="M3.5 6h13M3.5 10h13M3.5 14h13" />,
  fold: <path d="M3.5 4h13v12h-13zM8 4v12m5-8-2 2 2 2" />,
  plus: <path d="M10 4.5v11M4.5 10h11" />,
  copy: <path d="M7.5 7.5h9v9h-9zM4.5 12.5h-1v-9h9v1" />,
  columns: <path d="M3.5 4h13v12h-13zM8 4v12m4-12v12" />,
  download: <path d="M10 3v9m0 0 3.5-3.5M10 12 6.5 8.5M3.5 16.5h13" />,
  filter: <path d="M3 5h14M5.5 10h9M8 15h4" />,
  refresh: <path d="M16 4.5v4h-4M15.7 8.3A6 6 0 1 0 16 11" />,
  warning: <path d="M10 3.2 17.5 16.5h-15L10 3.2Zm0 5v4m0 2.1v.1" />,
  info: <>{disc}<path d="M10 9.2v4.3m0-7v.1" /></>,
  key: <path d="M13 3.5a3.5 3.5 0 1 1-2.9 5.4L4 15v1.5h3V15h1.8v-1.8H10l1-1A3.5 3.5 0 0 1 13 3.5Z" />,
  passkey: <path d="M8 9.2a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 16.5c0-2.9 2.4-4.7 5.5-4.7 1 0 1.9.2 2.7.5M14.5 12.2a2.1 2.1 0 1 0 0-4.2 2.1 2.1 0 0 0 0 4.2Zm0 0v5l1.3-1.2-1.3-1.2" />,
  external: <path d="M11.5 3.5h5v5m0-5-7 7M8.5 4.5h-5v12h12v-5" />,
  pause: <path d="M7 4.5v11m6-11v11" />,
  bolt: <path d="M11 2.5 4.5 11.5H9.5L9 17.5l6.5-9H10.5z" />,
  person: <path d="M10 9.8a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6ZM3.8 17c0-3.2 2.7-5 6.2-5s6.2 1.8 6.2 5" />,
  moon: <path d="M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3Z" />,
  file: <path d="M5 2.8h6.5L15 6.3v11H5zM11.5 3v3.5H15" />,
} satisfies Record<string, ReactElement>;

export type IconName = keyof typeof drawings;

export function Icon({ name, size = 18, className }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg aria-hidden="true" focusable="false" viewBox="0 0 20 20" width={size} height={size} className={className}
      fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round">
      {drawings[name]}
    </svg>
  );
}

/** The gate: two posts and the arch between them. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg aria-hidden="true" focusable="false" viewBox="0 0 24 24" width={size} height={size} className="mark">
      <rect width="24" height="24" rx="7" fill="var(--go)" />
      <path d="M6.5 18V11.5a5.5 5.5 0 0 1 11 0V18M12 18v-6" fill="none" stroke="var(--go-ink)" strokeWidth="2.2"
        strokeLinecap="round" />
    </svg>
  );
}
