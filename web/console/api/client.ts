// Calls of the gateway: questions (ask), acts (act) and the session's own (session). A refusal is
// thrown as it was said. Where an act asks for a second factor, `stepUp` shows the dialog for it,
// and the same call is made again with what it answers.
import type { operations } from '../api';
import type { Answers } from './answers';
import { useCases } from './use_cases';

export type UseCase = keyof typeof useCases & keyof operations;
type Kind<M> = { [U in keyof typeof useCases]: (typeof useCases)[U]['method'] extends M ? U : never }[keyof typeof useCases];
export type Question = Kind<'get'> & keyof Answers;
export type Act = Kind<'post'>;

type Parameters<U extends UseCase> = operations[U]['parameters'];
type Part<U extends UseCase, P extends 'path' | 'query'> =
  Parameters<U> extends { [K in P]: infer V } ? V : Parameters<U> extends { [K in P]?: infer V } ? V : never;
export type Path<U extends UseCase> = Part<U, 'path'>;
export type Query<U extends UseCase> = Part<U, 'query'>;
type Body<U extends UseCase> = operations[U] extends { requestBody?: { content: { 'application/json': infer B } } } ? B : never;

/** What the gateway refused: a stable code, and a sentence for people. */
export class Refused extends Error {
  constructor(readonly code: string, message: string, readonly permission = '', readonly retryAfter = 0) {
    super(message);
  }
}
/** There was no answer that could be read: whether it was done is not known. */
export class Unreachable extends Error {}

export interface SecondFactor { header: 'Lango-Code' | 'Lango-Passkey'; value: string }
export interface Asked { method: string; path: string; body: string | ArrayBuffer; wrong: string }
/** Null: the person thought better of it. */
export type StepUp = (asked: Asked) => Promise<SecondFactor | null>;
/** Thrown where the person closed the dialog. */
export class ThoughtBetter extends Error {}

const held = { csrf: '', stepUp: (async () => null) as StepUp, over: () => {} };
export const hold = (more: Partial<typeof held>) => Object.assign(held, more);

interface Sent { method: 'GET' | 'POST'; body?: string | ArrayBuffer | undefined; factor?: SecondFactor | undefined }

async function send(path: string, { method, body, factor }: Sent): Promise<unknown> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method === 'POST') {
    headers['Lango-Csrf'] = held.csrf;
    headers['Content-Type'] = body instanceof ArrayBuffer ? 'application/octet-stream' : 'application/json';
  }
  if (factor) headers[factor.header] = factor.value;
  let answer: Response;
  try {
    answer = await fetch(path, { method, headers, body: method === 'POST' ? body ?? '{}' : null, cache: 'no-store' });
  } catch {
    throw new Unreachable();
  }
  let said: Record<string, unknown>;
  try {
    said = await answer.json() as Record<string, unknown>;
  } catch {
    throw new Unreachable();
  }
  // After each step of a session another token is the good one.
  if (typeof said['csrf'] === 'string') held.csrf = said['csrf'];
  if (answer.ok && said['status'] !== 'fail' && said['status'] !== 'error') return said;
  const text = (name: string) => (typeof said[name] === 'string' ? said[name] : '');
  throw new Refused(text('code') || `http_${answer.status}`, text('message'), text('permission'),
    Number(said['retry_after_s'] ?? 0));
}

const filled = (path: string, values: Record<string, string> = {}) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
function withQuery(path: string, query: object | undefined): string {
  const text = new URLSearchParams(Object.entries(query ?? {})
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '')).toString();
  return text ? `${path}?${text}` : path;
}

const overCodes = new Set(['nobody', 'session_over']);
async function noticingTheEnd<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Refused && overCodes.has(error.code)) held.over();
    throw error;
  }
}

interface Given<U extends UseCase> { path?: Path<U>; query?: Query<U> }

export function ask<U extends Question>(name: U, given: Given<U> = {}): Promise<Answers[U]> {
  const path = withQuery(filled(useCases[name].path, given.path as Record<string, string>), given.query as object | undefined);
  return noticingTheEnd(send(path, { method: 'GET' })) as Promise<Answers[U]>;
}

type Outcome<U> = (U extends keyof Answers ? Answers[U] : object) & { status: string; outcome?: string; proposal?: number };

/** Asks for a second factor as often as the call wants one. Another tab may have gone a step further: the token is read anew, once. */
async function insist(path: string, body: string | ArrayBuffer): Promise<unknown> {
  let factor: SecondFactor | undefined;
  for (let isFresh = false; ;) {
    try {
      return await send(path, { method: 'POST', body, factor });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === 'foreign_page' && !isFresh) {
        isFresh = true;
        await send('/session', { method: 'GET' });
        continue;
      }
      if (error.code !== 'key_needed' && !(factor && wrongFactor.has(error.code))) throw error;
      const shown = await held.stepUp({ method: 'POST', path, body, wrong: factor ? error.code : '' });
      if (shown === null) throw new ThoughtBetter();
      factor = shown;
    }
  }
}
const wrongFactor = new Set(['wrong_code', 'wrong_passkey']);

/** Where another person must agree first, the outcome is `proposed`. */
export function act<U extends Act & UseCase>(name: U,
  given: Given<U> & { body?: Body<U> & Record<string, unknown>; file?: ArrayBuffer } = {}): Promise<Outcome<U>> {
  const path = withQuery(filled(useCases[name].path, given.path as Record<string, string>), given.query as object | undefined);
  return noticingTheEnd(insist(path, given.file ?? JSON.stringify(given.body ?? {}))) as Promise<Outcome<U>>;
}

/** The session's own calls, /session and below. */
export const session = {
  get: <T>(path = '') => send(`/session${path}`, { method: 'GET' }) as Promise<T>,
  post: <T>(path: string, body: object = {}) => insist(`/session${path}`, JSON.stringify(body)) as Promise<T>,
};
