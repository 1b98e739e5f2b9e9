// A merchant's settings in words, with examples; its keys; and the payment window as a piece of HTML.
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Key } from '../api/answers';
import { ask } from '../api/client';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { Dialog, DialogActions } from '../parts/dialog';
import { Choose, Field } from '../parts/field';
import { Bones, Card, Empty, Note, Page, useTitle } from '../parts/page';
import { Problem } from '../parts/problem';
import { Chip, Time } from '../parts/show';
import { ShownOnce } from '../parts/shown_once';
import { useTell } from '../parts/tell';
import { useMay } from '../session/session';
import { useMerchant } from '../shell/merchant';
import { useWords } from '../words/words';
import { settingsEn, type SettingName, type SettingWords } from '../words/settings_en';
import { settingsSw } from '../words/settings_sw';

type Group = 'shop' | 'deposits' | 'withdrawals' | 'approvals' | 'postbacks' | 'window' | 'access';
const groups: Record<Group, SettingName[]> = {
  shop: ['name', 'organisation-name', 'shop-contact', 'time-zone', 'domain'],
  deposits: ['deposit-min', 'deposit-max', 'fee-percent', 'fee-fixed', 'paybill-amount'],
  withdrawals: ['withdrawal-min', 'withdrawal-max', 'payout-fee-percent', 'payout-fee-fixed', 'balance-check', 'withdrawal-id'],
  approvals: ['approval-from', 'approval-day-total', 'approval-new-recipient', 'approvals-needed'],
  postbacks: ['postback-url', 'postback-schedule', 'postback-give-up', 'failed-events'],
  window: ['window-colours', 'window-logo', 'window-links', 'window-prompts-per-minute', 'frame-ancestors', 'redirect-urls', 'success-url', 'fail-url', 'pending-url'],
  access: ['ip-allow-list'],
};
const fixed = new Set<string>(['window-logo']);
// Those that are one of a few words.
const oneOf: Partial<Record<SettingName, string[]>> = {
  'balance-check': ['on', 'off'], 'failed-events': ['on', 'off'], 'approval-new-recipient': ['on', 'off'], 'withdrawal-id': ['required', 'optional'], 'paybill-amount': ['exact', 'at-least'],
  'window-links': ['off', 'accepted', 'demanded'],
};

export function Settings() {
  const { w, language } = useWords();
  const may = useMay();
  const slug = useMerchant();
  useTitle(w.settings.title);
  const [editing, setEditing] = useState<SettingName | null>(null);
  const { data, error, refetch } = useQuery({ queryKey: ['merchant.show', slug], queryFn: () => ask('merchant.show', { path: { slug: slug ?? '' } }), enabled: slug !== undefined });
  const words: Record<SettingName, SettingWords> = language === 'sw' ? settingsSw : settingsEn;
  const mayEdit = may('merchant.set');
  if (!slug) return <Page title={w.settings.title} about={w.settings.about}><div className="card"><Empty icon="settings" title={w.settings.choose} /></div></Page>;
  return (
    <Page title={w.settings.title} about={w.settings.about} trail={slug}>
      {error ? <Problem error={error} retry={() => void refetch()} /> : !data ? <div className="card"><Bones lines={6} label={w.say.loading} /></div> : (
        <>
          {data.state.startsWith('disabled') && <Note tone="bad" icon="pause">{w.settings.disabled}</Note>}
          <div className="settings">
            {(Object.keys(groups) as Group[]).map((group) => (
              <Card key={group} title={w.settings.groups[group]}>
                <ul className="setting-list">{groups[group].map((name) => {
                  const value = data.settings[name] ?? '';
                  return (
                    <li key={name}>
                      <div><h3>{words[name].name}</h3><p className="about">{words[name].about}</p></div>
                      <span className={value ? 'setting-value' : 'setting-value unset'}>{value || w.settings.empty}</span>
                      {mayEdit && !fixed.has(name) ? <Button size="small" aria-label={`${w.settings.edit}: ${words[name].name}`} onPress={() => setEditing(name)}>{w.settings.edit}</Button> : <span />}
                    </li>
                  );
                })}</ul>
              </Card>
            ))}
            <Keys slug={slug} keys={data.keys} />
          </div>
          {editing && <Edit slug={slug} name={editing} words={words[editing]} value={data.settings[editing] ?? ''} onClose={() => setEditing(null)} />}
        </>
      )}
    </Page>
  );
}

function Edit({ slug, name, words, value, onClose }: { slug: string; name: SettingName; words: SettingWords; value: string; onClose: () => void }) {
  const { w } = useWords();
  const tell = useTell();
  const [next, setNext] = useState(value);
  const set = useAct('merchant.set', { silent: true });
  const choices = oneOf[name];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await set.run({ path: { slug }, body: { [name]: next } as never }, w.settings.saved);
    if (!answer) return;
    if (answer.warning) tell(answer.warning, 'bad');
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={words.name} about={words.about}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        {choices ? <Choose label={words.name} value={next} onChange={setNext} choices={choices.map((id) => ({ id, text: id }))} />
          : <Field label={words.name} value={next} onChange={setNext} needed={false} autoFocus hint={words.example ? w.settings.example(words.example) : undefined} />}
        <Problem error={set.problem} acting />
        <DialogActions><Button onPress={onClose}>{w.say.cancel}</Button><Button kind="go" type="submit" busy={set.busy} isDisabled={next === value}>{w.say.save}</Button></DialogActions>
      </form>
    </Dialog>
  );
}

function Keys({ slug, keys }: { slug: string; keys: Key[] }) {
  const { w } = useWords();
  const may = useMay();
  const [rotating, setRotating] = useState<'' | 'secret' | 'keys'>('');
  const [shown, setShown] = useState<Record<string, string> | null>(null);
  const endOld = useAct('merchant.end_old_keys');
  const hasOld = keys.some(({ until }) => until !== null);
  return (
    <Card title={w.settings.keys} className="keys">
      <p className="about">{w.settings.keysAbout}</p>
      <ul className="plain-list keys-list">{keys.map((key, i) => (
        <li key={i}>
          <strong>{w.settings.keyKinds[key.kind]}</strong> {key.access_key && <code>{key.access_key}</code>}
          <Chip tone={key.until ? 'waiting' : 'paid'}>{key.until ? <>{w.settings.goodUntil('')}<Time at={key.until} /></> : w.settings.current}</Chip>
          <span className="about">{key.used_at ? <>{w.settings.usedAt('')}<Time at={key.used_at} /></> : w.settings.unused}</span>
        </li>
      ))}</ul>
      <div className="row">
        {may('merchant.rotate_secret') && <Button icon="key" onPress={() => setRotating('secret')}>{w.settings.rotateSecret}</Button>}
        {may('merchant.rotate_keys') && <Button icon="key" onPress={() => setRotating('keys')}>{w.settings.rotateKeys}</Button>}
        {hasOld && may('merchant.end_old_keys') && <Button kind="bad" busy={endOld.busy} onPress={() => void endOld.run({ path: { slug } }, w.settings.ended)}>{w.settings.endOld}</Button>}
      </div>
      {rotating && <Rotate slug={slug} what={rotating} onClose={() => setRotating('')} onKeys={setShown} />}
      {shown && <ShownOnce title={w.approvals.keysShown} values={shown} onClose={() => setShown(null)} />}
    </Card>
  );
}

function Rotate({ slug, what, onClose, onKeys }: { slug: string; what: 'secret' | 'keys'; onClose: () => void; onKeys: (keys: Record<string, string>) => void }) {
  const { w } = useWords();
  const [overlap, setOverlap] = useState('24h');
  const secret = useAct('merchant.rotate_secret', { silent: true });
  const all = useAct('merchant.rotate_keys', { silent: true });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const given = { path: { slug }, body: { overlap } };
    const answer = what === 'secret' ? await secret.run(given) : await all.run(given);
    if (!answer) return;
    if (answer.secret) onKeys(Object.fromEntries(Object.entries(answer).filter((entry): entry is [string, string] => entry[0] in w.settings.credentials)));
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={what === 'secret' ? w.settings.rotateSecret : w.settings.rotateKeys} about={w.settings.keysAbout}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <Field label={w.settings.overlap} value={overlap} onChange={setOverlap} hint={w.settings.overlapHint} autoFocus />
        <Problem error={secret.problem ?? all.problem} acting />
        <DialogActions><Button onPress={onClose}>{w.say.cancel}</Button><Button kind="go" type="submit" busy={secret.busy || all.busy}>{w.settings.rotate}</Button></DialogActions>
      </form>
    </Dialog>
  );
}
