// What the window can do only with a script: the state comes as it changes, the countdown runs,
// texts are copied, the shop around the frame is told. Without it every screen is a page that
// asks again by itself.
import './main.css';

const live = document.getElementById('live');
let source: EventSource | undefined;
let timers: number[] = [];
let asked = 0;

function screen(): HTMLElement {
  return document.querySelector('main')!;
}

function say(text: string | undefined): void {
  if (live && text) live.textContent = text;
}

function later(seconds: number, then: () => void): void {
  timers.push(window.setTimeout(then, seconds * 1000));
}

function stop(): void {
  source?.close();
  source = undefined;
  timers.forEach((timer) => clearTimeout(timer));
  timers = [];
}

// The page as it is now, put in the place of what stands here.
async function refresh(): Promise<void> {
  stop();
  const mine = ++asked;
  try {
    const answer = await fetch(location.href, { credentials: 'same-origin', cache: 'no-store' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = page.querySelector('main');
    if (mine !== asked || !next || answer.status >= 500) throw new Error('not now');
    const before = screen();
    if (next.dataset.screen !== before.dataset.screen || next.innerHTML !== before.innerHTML) {
      const changed = next.dataset.screen !== before.dataset.screen;
      before.replaceWith(next);
      document.title = page.title;
      if (changed) {
        say(next.querySelector('h1')?.textContent ?? undefined);
        next.tabIndex = -1;
        next.focus({ preventScroll: true });
        scrollTo(0, 0);
      }
    } else {
      Object.assign(before.dataset, next.dataset);
    }
    begin();
  } catch {
    if (mine === asked) later(5, refresh);
  }
}

function poll(url: string): void {
  fetch(url, { cache: 'no-store' })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error())))
    .then((now: { v: number }) => {
      if (screen().dataset.wait !== url) return;
      if (String(now.v) !== screen().dataset.version) void refresh();
      else poll(url);
    })
    .catch(() => later(10, refresh));
}

function watch(): void {
  const { events, wait } = screen().dataset;
  if (!events || !wait) return;
  if (!('EventSource' in window)) return poll(wait);
  let heard = false;
  source = new EventSource(events);
  source.onmessage = (event) => {
    heard = true;
    if (event.data !== screen().dataset.version) void refresh();
  };
  source.onerror = () => {
    // One that was heard comes back by itself; else something between us holds it back.
    if (heard && source?.readyState !== EventSource.CLOSED) return;
    source?.close();
    source = undefined;
    poll(wait);
  };
}

function count(): void {
  const place = document.getElementById('countdown');
  if (!place) return;
  const { left, text, over, say: spoken } = place.dataset;
  const end = performance.now() + Number(left) * 1000;
  const tick = () => {
    const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    place.textContent = seconds ? (text ?? '').replace('%', String(seconds)) : over ?? '';
    if (seconds === 30 || seconds === 10) say(spoken?.replace('%', String(seconds)));
    if (!seconds) say(over);
    else later(1, tick);
  };
  tick();
}

function leave(): void {
  const { leave: url, message, origins } = screen().dataset;
  if (message && parent !== window) {
    for (const origin of (origins ?? '').split(' ')) {
      if (origin) parent.postMessage(JSON.parse(message), origin);
    }
  }
  if (url) later(3, () => location.assign(url));
}

function begin(): void {
  const { changes, start } = screen().dataset;
  say(start);
  count();
  watch();
  leave();
  if (changes) later(Number(changes), refresh);
  document.querySelectorAll<HTMLElement>('[data-script]').forEach((one) => (one.hidden = false));
}

// By the clipboard, which is there on https alone; else what is to be copied is selected.
async function copy(target: HTMLElement, words: string, beside: Element | null): Promise<void> {
  try {
    await navigator.clipboard.writeText(words);
    const text = target.textContent;
    target.textContent = target.dataset.done ?? text;
    say(target.dataset.done);
    window.setTimeout(() => (target.textContent = text), 2000);
  } catch {
    if (beside) getSelection()?.selectAllChildren(beside);
  }
}

document.addEventListener('click', (event) => {
  const target = (event.target as Element).closest<HTMLElement>(
    '[data-copy], [data-print], [data-share], #check-now, #stay');
  if (!target) return;
  const { copy: words, share } = target.dataset;
  if (words) void copy(target, words, target.previousElementSibling);
  else if (target.dataset.print !== undefined) print();
  else if (share) {
    if ('share' in navigator) navigator.share({ text: share }).catch(() => {});
    else void copy(target, share, document.querySelector('.slip'));
  } else {
    event.preventDefault();
    if (target.id === 'check-now') void refresh();
    else {
      stop();
      document.getElementById('leaving')?.remove();
      screen().tabIndex = -1;
      screen().focus();
    }
  }
});

// The button of a form that is under way does nothing more.
document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = '1';
});

// Back from another page, or from the prompt that covered this one: things may have changed.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && screen().dataset.events) void refresh();
});

begin();
