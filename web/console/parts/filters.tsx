// What a list is narrowed by. It stands in the address, so that a link shows the same rows.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Icon } from '../../design/icons';
import type { Search } from '../shell/search';
import { dayAfter, dayIn } from '../text/time';
import { useWords } from '../words/words';
import { Button } from './button';
import { Choose, Field, type Choice } from './field';

export interface Filter { name: string; label: string; hint?: string; choices?: Choice[]; mono?: boolean }

export function useSearchSetter(): (more: Search) => void {
  const navigate = useNavigate();
  return (more) => void navigate({ to: '.', search: (all) => ({ ...all, ...more }), replace: true });
}

/** "today" of the address as the gateway asks for it: from a day, before a day. */
export function timesOf(search: Search, zone: string): { since?: string; until?: string } {
  const today = dayIn(zone);
  switch (search['time']) {
    case 'today': return { since: today };
    case 'yesterday': return { since: dayAfter(today, -1), until: today };
    case '7d': return { since: dayAfter(today, -6) };
    case '30d': return { since: dayAfter(today, -29) };
    default: return {
      ...(search['since'] ? { since: search['since'] } : {}),
      // A day that is chosen as the last one counts whole.
      ...(search['until'] ? { until: /^\d{4}-\d\d-\d\d$/.test(search['until']) ? dayAfter(search['until'], 1) : search['until'] } : {}),
    };
  }
}

/** What the gateway is asked for, by the address. */
export function queryOf(search: Search, filters: Filter[], zone: string, merchant: string | undefined): Record<string, string> {
  const named = filters.flatMap(({ name }) => (search[name] ? [[name, search[name]] as const] : []));
  return { ...Object.fromEntries(named), ...timesOf(search, zone), ...(merchant ? { merchant } : {}) };
}

/** usual: what is shown where nothing is chosen; unless said, any time. */
export function TimeFilter({ usual = 'any' }: { usual?: 'any' | '7d' }) {
  const { w } = useWords();
  const search = useSearch({ strict: false });
  const set = useSearchSetter();
  const isOwn = Boolean(search['since'] || search['until']);
  const [own, setOwn] = useState(isOwn);
  const choices = [
    ...(usual === 'any' ? [{ id: 'any', text: w.list.anyTime }] : []), { id: 'today', text: w.list.today }, { id: 'yesterday', text: w.list.yesterday },
    { id: '7d', text: w.list.week }, { id: '30d', text: w.list.month }, { id: 'own', text: w.list.own },
  ];
  const choose = (id: string) => {
    setOwn(id === 'own');
    set({ time: id === usual || id === 'own' ? undefined : id, since: undefined, until: undefined });
  };
  return (
    <>
      <Choose label={w.field.time} hideLabel size="small" value={own || isOwn ? 'own' : search['time'] ?? usual} choices={choices} onChange={choose} />
      {(own || isOwn) && (
        <span className="dates">
          <input type="date" className="input" aria-label={w.list.from} value={search['since'] ?? ''} onChange={(event) => set({ since: event.target.value || undefined })} />
          <input type="date" className="input" aria-label={w.list.until} value={search['until'] ?? ''} onChange={(event) => set({ until: event.target.value || undefined })} />
        </span>
      )}
    </>
  );
}

export function StateFilter({ states }: { states: Record<string, string> }) {
  const { w } = useWords();
  const search = useSearch({ strict: false });
  const set = useSearchSetter();
  const choices = [{ id: 'any', text: w.list.anyState }, ...Object.entries(states).map(([id, text]) => ({ id, text }))];
  return <Choose label={w.field.state} hideLabel size="small" value={search['state'] ?? 'any'} choices={choices} onChange={(id) => set({ state: id === 'any' ? undefined : id })} />;
}

/** All others, behind one button; those that are set stand beside it. */
export function MoreFilters({ filters }: { filters: Filter[] }) {
  const { w } = useWords();
  const search = useSearch({ strict: false });
  const set = useSearchSetter();
  const active = filters.filter(({ name }) => search[name]);
  return (
    <>
      <DialogTrigger>
        <AriaButton className="button plain small"><Icon name="filter" size={16} />{w.list.filter}</AriaButton>
        <Popover className="popover form-popover" placement="bottom start">
          <Dialog className="dialog" aria-label={w.list.filters}>{({ close }) => <FilterForm filters={filters} search={search} onDone={(next) => { set(next); close(); }} />}</Dialog>
        </Popover>
      </DialogTrigger>
      {active.map(({ name, label, choices }) => {
        const text = choices?.find(({ id }) => id === search[name])?.text ?? search[name];
        return (
          <span key={name} className="active-filter">
            <span>{label}: <strong>{text}</strong></span>
            <button type="button" aria-label={w.list.remove(label)} onClick={() => set({ [name]: undefined })}><Icon name="close" size={14} /></button>
          </span>
        );
      })}
      {active.length > 1 && <Button kind="quiet" size="small" onPress={() => set(Object.fromEntries(filters.map(({ name }) => [name, undefined])))}>{w.list.clear}</Button>}
    </>
  );
}

function FilterForm({ filters, search, onDone }: { filters: Filter[]; search: Search; onDone: (next: Search) => void }) {
  const { w } = useWords();
  const [values, setValues] = useState<Search>(() => Object.fromEntries(filters.map(({ name }) => [name, search[name] ?? ''])));
  const put = (name: string) => (value: string) => setValues((all) => ({ ...all, [name]: value }));
  const apply = (event: FormEvent) => {
    event.preventDefault();
    onDone(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value?.trim() || undefined])));
  };
  return (
    <form className="form filter-form" onSubmit={apply}>
      {filters.map(({ name, label, hint, choices, mono }, i) => (choices
        ? <Choose key={name} label={label} size="small" value={values[name] || 'any'} choices={[{ id: 'any', text: w.say.all }, ...choices]} onChange={(id) => put(name)(id === 'any' ? '' : id)} />
        : <Field key={name} label={label} value={values[name] ?? ''} onChange={put(name)} hint={hint} needed={false} autoFocus={i === 0} {...(mono ? { mono } : {})} />))}
      <Button kind="go" type="submit">{w.list.apply}</Button>
    </form>
  );
}
