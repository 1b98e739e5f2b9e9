// The simulator's admin API, as far as phones go (simulator/README.md).
import { get, post } from '../shared/json';

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

/** Held back by the simulator until something differs from that version. */
export async function watch(phones: string[], after: number | null, signal: AbortSignal): Promise<Phones> {
  const query = new URLSearchParams(phones.map((phone) => ['phone', phone]));
  if (after !== null) query.set('after', String(after));
  return get(`/simulator/phones?${query}`, signal);
}

export async function scenarios(): Promise<Scenario[]> {
  const all = await get<{ scenarios: Scenario[] }>('/simulator/scenarios');
  return all.scenarios;
}

export const act = (phone: string, what: string, body: object = {}): Promise<void> =>
  post(`/simulator/phones/${phone}/${what}`, body);

export const choose = (phone: string, scenario: string): Promise<void> =>
  post('/simulator/scenarios', { phone, scenario });
