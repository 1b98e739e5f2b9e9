// The simulator's admin API, as far as phones go (simulator/README.md).

export interface Prompt {
  text: string;
  organisation: string;
  amount_minor: number;
  shortcode: number;
  account_reference: string;
  checkout_request_id: string;
  ends: number;
  ignored: boolean;
}

export interface Message {
  seq: number;
  at: number;
  text: string;
}

export interface PhoneState {
  phone: string;
  balance_minor: number;
  reachable: boolean;
  prompt: Prompt | null;
  messages: Message[];
}

export interface Organisation {
  number: number;
  name: string;
}

export interface Phones {
  version: number;
  now: number;
  phones: PhoneState[];
  ringing: string[];
  organisations: Organisation[];
}

export interface Scenario {
  scenario: string;
  what: string;
  result_code: string;
}

async function answer<T>(response: Response): Promise<T> {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? `the simulator answered ${response.status}`);
  return body as T;
}

async function post(path: string, body: object): Promise<void> {
  await answer(await fetch(path, { method: 'POST', body: JSON.stringify(body) }));
}

/** Held back by the simulator until something differs from that version. */
export async function watch(phones: string[], after: number | null, signal: AbortSignal): Promise<Phones> {
  const query = new URLSearchParams(phones.map((phone) => ['phone', phone]));
  if (after !== null) query.set('after', String(after));
  return answer(await fetch(`/simulator/phones?${query}`, { signal, cache: 'no-store' }));
}

export async function scenarios(): Promise<Scenario[]> {
  const all = await answer<{ scenarios: Scenario[] }>(await fetch('/simulator/scenarios'));
  return all.scenarios;
}

export const act = (phone: string, what: string, body: object = {}): Promise<void> =>
  post(`/simulator/phones/${phone}/${what}`, body);

export const choose = (phone: string, scenario: string): Promise<void> =>
  post('/simulator/scenarios', { phone, scenario });
