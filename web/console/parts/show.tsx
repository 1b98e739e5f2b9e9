// Values as people read them: amounts, times, states, ids.
import { useState, type ReactNode } from 'react';
import { Icon, type IconName } from '../../design/icons';
import { amount, fromMinor } from '../text/money';
import { dayIn, secondsSince, show, span } from '../text/time';
import { useWords } from '../words/words';
import { useZone } from '../session/session';

export const Money = ({ text, minor, currency, big = false }: { text?: string; minor?: number | bigint; currency?: string; big?: boolean }) => {
  const value = amount(text ?? (minor === undefined ? '' : fromMinor(minor)));
  return <span className={`money${big ? ' big' : ''}`}>{currency && <span className="currency">{currency}</span>}{value}</span>;
};

export function Time({ at, form = 'full' }: { at: string; form?: 'time' | 'date' | 'full' }) {
  const { language } = useWords();
  const zone = useZone();
  return at ? <time dateTime={at}>{show(at, form, zone, language)}</time> : null;
}

/** As a row has it: the day beside the time, where it is not today. */
export function RowTime({ at }: { at: string }) {
  const { language } = useWords();
  const zone = useZone();
  const isToday = at !== '' && dayIn(zone, new Date(at)) === dayIn(zone);
  return <time dateTime={at} className="rowtime" title={show(at, 'full', zone, language)}><span>{show(at, 'time', zone, language)}</span>{!isToday && <small>{show(at, 'short', zone, language)}</small>}</time>;
}

export function useAgo(): (at: string) => string {
  const { w } = useWords();
  return (at) => { const { value, unit } = span(secondsSince(at)); return w.ago(w.span(value, unit)); };
}

export type Tone = 'paid' | 'waiting' | 'unknown' | 'no' | 'review' | 'back';
const icons: Record<Tone, IconName> = { paid: 'check', waiting: 'waiting', unknown: 'unknown', no: 'cross', review: 'flag', back: 'back' };
export const Chip = ({ tone, children, large = false }: { tone: Tone; children: ReactNode; large?: boolean }) => (
  <span className={`chip ${tone}${large ? ' large' : ''}`}><Icon name={icons[tone]} size={large ? 20 : 16} />{children}</span>
);

const tones: Record<string, Tone> = {
  paid: 'paid', delivered: 'paid', done: 'paid', carried_out: 'paid', agreed: 'paid', made: 'paid', there: 'paid', active: 'paid',
  created: 'waiting', pushing: 'waiting', prompted: 'waiting', waiting: 'waiting', queued: 'waiting', sending: 'waiting', sent: 'waiting',
  reading: 'waiting', checked: 'waiting', releasing: 'waiting', open: 'waiting', unknown: 'unknown', verifying: 'unknown',
  failed: 'no', expired: 'no', cancelled: 'no', rejected: 'no', withdrawn: 'no', disabled: 'no', refused: 'review', exhausted: 'review', stopped: 'review',
  wrong: 'review', attention: 'review',
};
/** A state's chip, with its word in the noun's own words. */
export const State = ({ of, state, large = false }: { of: Record<string, string>; state: string; large?: boolean }) => (
  <Chip tone={tones[state] ?? 'unknown'} large={large}>{of[state] ?? state}</Chip>
);

export function Copy({ text, children }: { text: string; children?: ReactNode }) {
  const { w } = useWords();
  const [done, setDone] = useState(false);
  if (!text) return null;
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => { setDone(true); setTimeout(() => setDone(false), 1_500); });
  };
  return (
    <span className="copy">
      <code>{children ?? text}</code>
      <button type="button" className="copy-button" onClick={copy} aria-label={`${w.say.copy} ${text}`} title={done ? w.say.copied : w.say.copy}>
        <Icon name={done ? 'check' : 'copy'} size={15} />
      </button>
    </span>
  );
}

export const Facts = ({ children }: { children: ReactNode }) => <dl className="facts">{children}</dl>;
export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  children === '' || children === null || children === undefined ? null : <div><dt>{name}</dt><dd>{children}</dd></div>
);
