// Finds a payment by whatever a person has in hand, and every place; opened by Ctrl-K everywhere.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { Icon, type IconName } from '../../design/icons';
import type { Found } from '../api/answers';
import { ask } from '../api/client';
import { Money, RowTime, State } from '../parts/show';
import { toPath } from '../parts/to';
import { useMay } from '../session/session';
import type { Words } from '../words/en';
import { useWords } from '../words/words';
import { groups } from './places';

interface Hit { key: string; href: string; icon: IconName; row?: Found; text?: string }

const hrefOf = ({ kind, id }: Found): string => {
  if (kind === 'suspense') return `/unmatched?receipt=${encodeURIComponent(id)}`;
  return `/${kind === 'deposit' ? 'deposits' : kind === 'refund' ? 'refunds' : 'withdrawals'}/${id}`;
};
const iconOf: Record<Found['kind'], IconName> = { deposit: 'deposits', withdrawal: 'withdrawals', refund: 'refunds', suspense: 'unmatched' };
const statesOf = (kind: Found['kind'], w: Words) =>
  (kind === 'deposit' ? w.deposit.states : kind === 'suspense' ? w.unmatched.reasons : w.payout.states);

export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { w } = useWords();
  return (
    <ModalOverlay className="veil high" isOpen={open} onOpenChange={(next) => { if (!next) onClose(); }} isDismissable>
      <Modal className="modal palette"><Dialog className="dialog" aria-label={w.palette.title}><Finder onClose={onClose} /></Dialog></Modal>
    </ModalOverlay>
  );
}

function useLater<T>(value: T, after: number): T {
  const [later, setLater] = useState(value);
  useEffect(() => { const timer = setTimeout(() => setLater(value), after); return () => clearTimeout(timer); }, [value, after]);
  return later;
}

const least = 3; // letters, before anything is asked for

function Finder({ onClose }: { onClose: () => void }) {
  const { w } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const list = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const asked = useLater(text.trim(), 120);
  const { data } = useQuery({
    queryKey: ['find', asked], queryFn: () => ask('find', { query: { text: asked } }), enabled: asked.length >= least && may('find'), placeholderData: keepPreviousData,
  });
  const places: Hit[] = groups.flatMap(({ places: all }) => all).filter(({ needs, name }) => may(needs) && w.rail[name].toLowerCase().includes(text.trim().toLowerCase()))
    .map(({ to, icon, name }) => ({ key: to, href: to, icon, text: w.rail[name] }));
  const actions: Hit[] = may('withdrawal.create') && w.withdrawal.add.toLowerCase().includes(text.trim().toLowerCase())
    ? [{ key: 'add', href: '/withdrawals/add', icon: 'plus', text: w.withdrawal.add }] : [];
  const rows: Hit[] = asked.length >= least ? (data?.found ?? []).slice(0, 20).map((row) => ({ key: `${row.kind} ${row.id}`, href: hrefOf(row), icon: iconOf[row.kind], row })) : [];
  const hits = [...rows, ...places, ...actions];
  const chosen = Math.min(at, hits.length - 1);
  const listbox = useRef<HTMLUListElement>(null);
  useEffect(() => { listbox.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }); }, [chosen, hits.length]);
  const go = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    const [path = '/', query = ''] = hit.href.split('?');
    void navigate({ to: toPath(path), search: Object.fromEntries(new URLSearchParams(query)) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, hits.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
    else if (event.key === 'Enter') go(hits[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="palette-field">
        <Icon name="search" size={20} />
        <input autoFocus role="combobox" aria-label={w.palette.title} aria-expanded={hits.length > 0} aria-controls={list} aria-autocomplete="list"
          aria-activedescendant={hits[chosen] ? `${list}-${chosen}` : undefined} placeholder={w.palette.hint} value={text}
          onChange={(event) => { setText(event.target.value); setAt(0); }} onKeyDown={onKeyDown} spellCheck={false} autoComplete="off" />
      </div>
      <ul id={list} role="listbox" aria-label={w.palette.title} className="hits" ref={listbox}>
        {hits.map((hit, i) => (
          <li key={hit.key} id={`${list}-${i}`} role="option" aria-selected={i === chosen} onPointerMove={() => setAt(i)} onClick={() => go(hit)}>
            <Icon name={hit.icon} />
            {hit.row ? (
              <><span className="hit-main"><Money text={hit.row.amount} /> <small>{hit.row.receipt || hit.row.their_id || hit.row.id} · {w.palette.by(hit.row.by)}</small></span>
                <State of={statesOf(hit.row.kind, w)} state={hit.row.state} /><RowTime at={hit.row.created_at} /></>
            ) : <span className="hit-main">{hit.text}</span>}
          </li>
        ))}
      </ul>
      {hits.length === 0 && <p className="palette-none" role="status">{w.palette.none}</p>}
      <p className="palette-keys">{w.palette.keys}</p>
    </>
  );
}
