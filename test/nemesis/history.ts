import { randomUUID } from 'node:crypto';
import { realTime } from 'test/support/eventually';
import type { KeyHolder } from 'test/support/real-process';
import type { Chance } from './chance';

export type ActKind =
  'book' | 'cancel' | 'confirm' | 'reject' | 'move' | 'join' | 'take' | 'leave' | 'purchase' | 'sell' | 'pay';

/** Acts that may be sent again under their key until somebody says what became of them. */
const KEYED: ReadonlySet<ActKind> = new Set(['book', 'move', 'join', 'take', 'purchase', 'sell', 'pay']);

export interface Act {
  kind: ActKind;
  person: KeyHolder;
  method: 'POST' | 'DELETE';
  path: string;
  body?: object;
  /** Null: the act has none, as its repetition changes nothing anyway. */
  key: string | null;
  /** What it is about: the booking that is cancelled, the offer that is taken. */
  about: string | null;
  /** What everybody said who said anything: once done, done. */
  answers: WireAnswer[];
  /** Tries that nobody answered, or with 5xx. */
  silences: number;
  /** The last thing that was heard of it, for whoever reads why a story failed. */
  heard: string;
  /** Whether a try since the last silence may be believed: nothing of the act is under way any more. */
  isSettled: boolean;
}

export interface WireAnswer {
  status: number;
  body: Record<string, unknown>;
}

export type Outcome = 'ok' | 'failed' | 'unknown';

/** Nobody waits longer; a process answers long before that if it answers at all. */
const PATIENCE_MS = 10_000;

export function outcomeOf({ answers, silences, isSettled }: Act): Outcome {
  if (answers.some(({ status }) => status < 300)) return 'ok';
  // A refusal after a silence says that the first try had done nothing by then, not that it never will.
  return answers.length > 0 && (silences === 0 || isSettled) ? 'failed' : 'unknown';
}

/** A text of an answer, where there is one. */
export function textAt(body: Record<string, unknown> | undefined, field: string): string | undefined {
  const found = body?.[field];
  return typeof found === 'string' ? found : undefined;
}

export function doneAnswer({ answers }: Act): WireAnswer | undefined {
  return answers.find(({ status }) => status < 300);
}

/** Everything that anybody asked for, and what he was told. */
export class History {
  readonly acts: Act[] = [];
  readonly statuses = new Map<string, number>();
  /** What no fault excuses: answers of 500, and 429 that the story does not provoke. */
  readonly wrongs: string[] = [];

  constructor(private readonly urls: readonly [string, string]) {}

  async read<T>(person: KeyHolder, path: string, chance: Chance): Promise<{ status: number; body: T | null }> {
    const answer = await this.send(person, 'GET', path, {}, this.urlBy(chance));
    return { status: answer?.status ?? 0, body: answer?.status === 200 ? (answer.body as T) : null };
  }

  /** As an app does it: who hears nothing tries the other process once, half of the time. */
  async act(
    asked: Pick<Act, 'kind' | 'person' | 'method' | 'path' | 'body'> & { about?: string },
    chance: Chance,
  ): Promise<Act> {
    const act: Act = {
      ...asked,
      about: asked.about ?? null,
      key: KEYED.has(asked.kind) ? randomUUID() : null,
      answers: [],
      silences: 0,
      heard: '',
      isSettled: false,
    };
    this.acts.push(act);
    await this.attempt(act, this.urlBy(chance));
    if (outcomeOf(act) === 'unknown' && act.key !== null && chance.next() < 0.5)
      await this.attempt(act, this.urlBy(chance));
    return act;
  }

  /** Nothing breaks any more and nothing is under way: what is unknown is asked for again until somebody answers. */
  async settle(): Promise<void> {
    const unknown = this.acts.filter((act) => act.key !== null && outcomeOf(act) === 'unknown');
    for (const act of unknown)
      for (let attempt = 0; outcomeOf(act) === 'unknown'; attempt += 1) {
        if (attempt === 20) throw new Error(`nobody says what became of ${act.method} ${act.path}: ${act.heard}`);
        act.isSettled = true;
        if (!(await this.attempt(act, this.urls[attempt % 2] ?? ''))) {
          act.isSettled = false;
          await realTime(250);
        }
      }
  }

  /** False when nobody answered, or with what leaves it open. */
  private async attempt(act: Act, url: string): Promise<boolean> {
    const headers: Record<string, string> = act.key === null ? {} : { 'idempotency-key': act.key };
    const answer = await this.send(act.person, act.method, act.path, headers, url, act.body);
    const isOpen = !answer || answer.status >= 500 || answer.body['detail'] === 'request_in_progress';
    act.heard = answer ? `${String(answer.status)} ${JSON.stringify(answer.body)}` : 'no answer';
    if (isOpen) act.silences += 1;
    else act.answers.push(answer);
    return !isOpen;
  }

  private urlBy(chance: Chance): string {
    return chance.pick(this.urls);
  }

  private async send(
    person: KeyHolder,
    method: string,
    path: string,
    headers: Record<string, string>,
    url: string,
    body?: object,
  ): Promise<WireAnswer | null> {
    const name = `${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…').replace(/\?.*|20\d\d-.*/, '')}`;
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { 'x-api-key': person.key, ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).then(
      async (response) => ({ status: response.status, body: parsed(await response.text()) }),
      () => null,
    );
    const what = answer ? `${String(answer.status)} ${textAt(answer.body, 'detail') ?? ''}`.trim() : 'no answer';
    this.statuses.set(what, (this.statuses.get(what) ?? 0) + 1);
    if (answer && (answer.status === 500 || answer.status === 429)) this.wrongs.push(`${name}: ${what}`);
    return answer;
  }
}

function parsed(text: string): Record<string, unknown> {
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
