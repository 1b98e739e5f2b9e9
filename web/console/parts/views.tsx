// Views of a list that somebody comes back to: a name for what it is filtered by, kept on this device.
import { useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { Icon } from '../../design/icons';
import type { Search } from '../shell/search';
import { keep, kept } from '../text/kept';
import { useWords } from '../words/words';
import { Button } from './button';
import { Dialog, DialogActions } from './dialog';
import { Field } from './field';
import { useSearchSetter } from './filters';

interface View { name: string; search: Search }

function readViews(list: string): View[] {
  try {
    const found: unknown = JSON.parse(kept(`views.${list}`) ?? '[]');
    return Array.isArray(found) ? found as View[] : [];
  } catch {
    return [];
  }
}

/** names: of the filters that the list has. */
export function Views({ list, names }: { list: string; names: string[] }) {
  const { w } = useWords();
  const search = useSearch({ strict: false });
  const set = useSearchSetter();
  const [views, setViews] = useState(() => readViews(list));
  const [saving, setSaving] = useState(false);
  const here = Object.fromEntries(names.map((name) => [name, search[name]]));
  const isFiltered = Object.values(here).some(Boolean);
  const put = (next: View[]) => { keep(`views.${list}`, JSON.stringify(next)); setViews(next); };
  const shown = views.find((view) => names.every((name) => (view.search[name] ?? '') === (here[name] ?? '')));
  if (views.length === 0 && !isFiltered) return null;
  const onAction = (key: string | number) => {
    if (key === 'save') setSaving(true);
    else if (key === 'remove') put(views.filter((view) => view !== shown));
    else set({ ...Object.fromEntries(names.map((name) => [name, undefined])), ...views[Number(key)]?.search });
  };
  return (
    <>
      <MenuTrigger>
        <AriaButton className="button plain small"><Icon name="flag" size={16} />{shown?.name ?? w.list.views}</AriaButton>
        <Popover className="popover" placement="bottom start">
          <Menu className="listbox" aria-label={w.list.views} onAction={onAction}>
            {views.map((view, i) => <MenuItem key={view.name} id={String(i)} className="option">{view.name}</MenuItem>)}
            {views.length > 0 && <Separator className="rule" />}
            {shown ? <MenuItem id="remove" className="option">{w.list.removeView(shown.name)}</MenuItem>
              : isFiltered ? <MenuItem id="save" className="option">{w.list.saveView}</MenuItem> : null}
          </Menu>
        </Popover>
      </MenuTrigger>
      {saving && <SaveView onClose={() => setSaving(false)} onSave={(name) => put([...views.filter((view) => view.name !== name), { name, search: here }])} />}
    </>
  );
}

function SaveView({ onClose, onSave }: { onClose: () => void; onSave: (name: string) => void }) {
  const { w } = useWords();
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(name.trim());
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={w.list.saveView} about={w.list.viewsKept}>
      <form className="form" onSubmit={submit}>
        <Field label={w.field.name} value={name} onChange={setName} autoFocus maxLength={40} />
        <DialogActions><Button onPress={onClose}>{w.say.cancel}</Button><Button kind="go" type="submit" isDisabled={!name.trim()}>{w.say.save}</Button></DialogActions>
      </form>
    </Dialog>
  );
}
