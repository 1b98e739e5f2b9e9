// The parts that stories of payments share: what happened, what M-PESA said, what was booked, who was told.
import type { Booking, RailMessage, StoryEvent, Told } from '../api/answers';
import { amount } from '../text/money';
import { show } from '../text/time';
import type { Words } from '../words/en';
import { useWords } from '../words/words';
import { useZone } from '../session/session';
import { Card } from './page';
import { State, Time, useAgo } from './show';
import { Timeline, type Step } from './timeline';

const looks: Record<string, Pick<Step, 'tone' | 'icon'>> = {
  paid: { tone: 'good', icon: 'tick' }, accepted: { tone: 'plain', icon: 'right' }, push_accepted: { tone: 'plain', icon: 'right' }, approved: { tone: 'good', icon: 'tick' },
  covered: { tone: 'good', icon: 'tick' }, attended: { tone: 'good', icon: 'tick' }, judged: { tone: 'good', icon: 'person' }, failed: { tone: 'plain', icon: 'close' },
  expired: { tone: 'plain', icon: 'close' }, rejected: { tone: 'plain', icon: 'close' }, push_unanswered: { tone: 'calm', icon: 'unknown' }, unanswered: { tone: 'calm', icon: 'unknown' },
  timed_out: { tone: 'calm', icon: 'unknown' }, not_found: { tone: 'calm', icon: 'unknown' }, claimed_paid: { tone: 'calm', icon: 'unknown' }, push_refused: { tone: 'warn', icon: 'warning' },
  refused: { tone: 'warn', icon: 'warning' }, push_postponed: { tone: 'calm', icon: 'waiting' }, postponed: { tone: 'calm', icon: 'waiting' }, amount_differs: { tone: 'bad', icon: 'flag' },
  second_receipt: { tone: 'bad', icon: 'flag' }, unknown_code: { tone: 'bad', icon: 'flag' }, needs_person: { tone: 'bad', icon: 'flag' }, receipt_refused: { tone: 'bad', icon: 'flag' },
  contradicted: { tone: 'bad', icon: 'flag' }, over_refunded: { tone: 'bad', icon: 'flag' }, money_too_late: { tone: 'bad', icon: 'flag' }, refund: { tone: 'plain', icon: 'back' },
};
const usual = { tone: 'plain' as const, icon: 'right' as const };

function signed(text: string): string {
  const shown = amount(text);
  return shown.startsWith('\u2212') ? shown : `+${shown}`;
}

/** Events, bookings and tries to tell the merchant, in the order in which they came to be. */
export function useSteps(events: StoryEvent[], ledger: Booking[] | undefined, told: Told | undefined): Step[] {
  const { w } = useWords();
  const all: Step[] = [
    ...events.map(({ at, event, detail }) => ({ at, title: w.story.events[event] ?? event, detail, ...(looks[event] ?? usual) })),
    ...(ledger ?? []).map(({ at, outcome, postings }) => ({
      at, title: `${w.story.booked}: ${w.story.bookings[outcome] ?? outcome}`, tone: 'good' as const, icon: 'tick' as const,
      detail: postings.map((line) => `${accountOf(line, w)} ${signed(line.amount)}`).join(' · '),
    })),
    ...(told?.attempts ?? []).map(({ at, outcome, status, took_us: took, answer }) => ({
      at, title: <>{w.story.told}: {w.story.outcomes[outcome] ?? outcome} {status > 0 && <code>{status} {w.story.took(String(Math.round(took / 1000)))}</code>}</>,
      detail: outcome === 'delivered' ? '' : answer, ...(outcome === 'delivered' ? { tone: 'good' as const, icon: 'tick' as const } : { tone: 'warn' as const, icon: 'warning' as const }),
    })),
  ];
  // What stands at one moment stays in its order.
  return all.map((step, i) => ({ step, i })).sort((a, b) => Date.parse(a.step.at) - Date.parse(b.step.at) || a.i - b.i).map(({ step }) => step);
}

const accountOf = ({ account, merchant }: Booking['postings'][number], w: Words) =>
  (account === 'merchant' && merchant ? merchant : w.story.accounts[account] ?? account);

export const WhatHappened = ({ steps, zone }: { steps: Step[]; zone: string }) => {
  const { w } = useWords();
  return <Card title={w.story.what} aside={w.clock(zone)}><Timeline steps={steps} /></Card>;
};

export function RawMessages({ messages }: { messages: RailMessage[] }) {
  const { w, language } = useWords();
  const zone = useZone();
  return (
    <details className="card folded">
      <summary><h2>{w.story.raw}</h2><span className="count">{messages.length}</span></summary>
      {messages.length === 0 && <p className="about">{w.story.rawNone}</p>}
      {messages.map(({ at, kind, body }, i) => (
        <div key={i} className="raw"><p><strong>{w.story.messages[kind] ?? kind}</strong> <time dateTime={at}>{show(at, 'full', zone, language)}</time></p><pre tabIndex={0}>{pretty(body)}</pre></div>
      ))}
    </details>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

export function LedgerCard({ ledger }: { ledger: Booking[] | undefined }) {
  const { w } = useWords();
  if (!ledger) return null;
  return (
    <Card title={w.story.ledger}>
      {ledger.length === 0 && <p className="about">{w.story.ledgerNone}</p>}
      {ledger.map(({ outcome, at, postings }) => (
        <dl key={outcome} className="facts sums" aria-label={w.story.bookings[outcome] ?? outcome}>
          <div className="sums-head"><dt>{w.story.bookings[outcome] ?? outcome}</dt><dd><Time at={at} form="time" /></dd></div>
          {postings.map((line, i) => <div key={i}><dt>{accountOf(line, w)}</dt><dd className="money">{signed(line.amount)}</dd></div>)}
        </dl>
      ))}
    </Card>
  );
}

export function ToldCard({ told }: { told: Told | undefined }) {
  const { w } = useWords();
  const ago = useAgo();
  return (
    <Card title={w.story.told} aside={told && <State of={w.postback.states} state={told.state} />}>
      {!told ? <p className="about">{w.story.toldNone}</p> : (
        <>
          <p><code>{told.id}</code></p>
          <p className="about">{w.story.tries(told.attempts.length)}{told.due_at && told.state === 'waiting' && <> · {w.story.nextTry('')}<Time at={told.due_at} form="time" /></>}
            {told.attempts.length > 0 && <> · {ago(told.attempts.at(-1)?.at ?? '')}</>}</p>
        </>
      )}
    </Card>
  );
}
