import type { TestApp } from 'test/support/test-app';
import { answerSchema, type Route, routeNamed } from './document';
import { faultsOfExchange } from './oracles';
import type { People } from './people';
import { staged } from './scenes/scenes';
import { asCurl, type Exchange, send } from './sent';
import { ruleOf, type Step } from './step';
import type { Stage } from './stage';
import type { Stock } from './stock';
import type { Tally } from './tally';

/** After so many requests what was torn down is made again. */
const TENDED_EVERY = 100;
/** The clock that the others live by is set right again after it was moved. */
const CLOCK = 'clock';
/** A second time is as good as the first: a word or the own thing is named, or a link that is kept, inactive. */
const GONE_ALREADY =
  /specialties|disconnect|calendar-feed|avatar|push\/register|logout|sandbox|users\/me$|gyms|enrollment-tokens/;

/** Sends steps and holds every answer against what must be true of it. */
export class Player {
  private played = 0;

  constructor(
    private readonly app: TestApp,
    private readonly people: People,
    private readonly stock: Stock,
    private readonly tally: Tally,
    private readonly stage: Stage,
  ) {}

  /** Throws what is wrong with an answer, with the requests that lead there. */
  async play(steps: readonly Step[]): Promise<void> {
    const exchanges: Exchange[] = [];
    for (const step of steps) {
      if (step.actor === 'guest' && !step.isStaged) await this.people.invite();
      const exchange = await this.exchanged(step.isStaged ? await staged(step, this.stage) : step);
      exchanges.push(exchange);
      const faults = [...faultsOfExchange(this.people, exchange), ...(await this.afterwards(exchange))];
      if (step.isStaged) await this.stage.clear();
      if (faults.length > 0)
        throw new Error(`${step.route.name}: ${faults.join('; ')}\n${exchanges.map(asCurl).join('\n')}`);
      this.played += 1;
      if (this.played % TENDED_EVERY === 0 || step.route.path.includes(CLOCK)) await this.people.tend();
    }
  }

  private async exchanged(step: Step): Promise<Exchange> {
    const exchange = await send(this.app, this.people, this.stock, step);
    this.tally.note(exchange);
    const schema = answerSchema(step.route, exchange.status);
    if (schema && exchange.status < 400) this.stock.harvest(step.actor, schema, exchange.json);
    return exchange;
  }

  /** What must be true once it is done: it needs its key, what was made is there, what was removed is not. */
  private async afterwards(exchange: Exchange): Promise<string[]> {
    const { step, status } = exchange;
    if (status >= 400) return [];
    return [...(await this.keyless(step)), ...(await this.made(exchange)), ...(await this.gone(exchange))];
  }

  private async keyless(step: Step): Promise<string[]> {
    if (ruleOf(step.route).who === 'public' || this.played % 5 !== 0) return [];
    const { status } = await send(this.app, this.people, this.stock, { ...step, actor: 'nobody' });
    return status === 401 ? [] : [`without a key it answers ${String(status)}`];
  }

  private async made({ step, status, json, headers }: Exchange): Promise<string[]> {
    const { id } = (json ?? {}) as { id?: unknown };
    const reader = routeNamed(`get ${step.route.path}/{id}`);
    if (status !== 201 || typeof id !== 'string' || !reader || headers['idempotent-replayed']) return [];
    const { status: read } = await send(this.app, this.people, this.stock, asking(reader, step, { id }));
    return read === 200 ? [] : [`what was made cannot be read: ${String(read)}`];
  }

  private async gone({ step, status, target }: Exchange): Promise<string[]> {
    if (
      step.route.verb !== 'delete' ||
      status !== 204 ||
      !step.route.path.includes('{') ||
      GONE_ALREADY.test(step.route.path)
    )
      return [];
    const id = decodeURIComponent(target.split('?')[0]?.split('/').at(-1) ?? '');
    this.stock.forget(id);
    const [name = 'id'] = /(?<=\{)\w+(?=\}$)/.exec(step.route.path) ?? [];
    const again = routeNamed(`get ${step.route.path}`) ?? step.route;
    const { status: found } = await send(this.app, this.people, this.stock, asking(again, step, { [name]: id }));
    return found === 404 ? [] : [`what was removed is answered by ${String(found)}`];
  }
}

function asking(route: Route, { actor }: Step, path: Record<string, string>): Step {
  return { route, actor, draft: { path, query: [], headers: {} }, isStaged: false };
}
