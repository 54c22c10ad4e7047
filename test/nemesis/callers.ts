import { realTime } from 'test/support/eventually';
import type { KeyHolder } from 'test/support/real-process';
import type { Chance } from './chance';
import { doneAnswer, type History, textAt } from './history';
import type { Stage, StageCoach } from './stage';

interface Listed<T> {
  items: T[];
}
interface Booked {
  id: string;
  client_id: string;
  status: string;
}

const ACTIVE = ['pending_coach_validation', 'confirmed'];

/** People who act without a plan until told to stop. */
export class Callers {
  private isGoing = true;
  private readonly people: Promise<void>[];
  /** What somebody was told is his, and was not there when he looked. */
  readonly missed: string[] = [];

  constructor(
    private readonly history: History,
    private readonly stage: Stage,
    chance: Chance,
  ) {
    this.people = [
      ...stage.clients.map((client) => this.keepActing(chance.branch(), (own) => this.clientActs(client, own))),
      ...stage.coaches.map((coach) => this.keepActing(chance.branch(), (own) => this.coachActs(coach, own))),
    ];
  }

  async stop(): Promise<void> {
    this.isGoing = false;
    await Promise.all(this.people);
  }

  private async keepActing(chance: Chance, act: (own: Chance) => Promise<unknown>): Promise<void> {
    while (this.isGoing) {
      await act(chance);
      await realTime(chance.between(150, 400));
    }
  }

  private clientActs(client: KeyHolder, chance: Chance): Promise<unknown> {
    const coach = chance.pick(this.stage.coaches);
    const slot = chance.pick(coach.starts);
    return chance.weighed<() => Promise<unknown>>([
      [30, () => this.post('book', client, '/bookings', chance, { coach_id: coach.id, scheduled_at: slot })],
      [20, () => this.post('join', client, `/waitlist/${coach.id}/${slot}`, chance)],
      [16, () => this.answersOffers(client, chance)],
      [14, () => this.cancels(client, chance)],
      [8, () => this.moves(client, slot, chance)],
      [6, () => this.buys(client, coach, chance)],
      [6, () => this.looksForHisOwn(client, chance)],
    ])();
  }

  private coachActs(coach: StageCoach, chance: Chance): Promise<unknown> {
    return chance.weighed<() => Promise<unknown>>([
      [60, () => this.judges(coach, chance)],
      [20, () => this.cashes(coach, chance)],
      [10, () => this.sells(coach, chance)],
      [10, () => this.cancels(coach, chance, 'as=coach&')],
    ])();
  }

  private async answersOffers(client: KeyHolder, chance: Chance): Promise<void> {
    const offers = await this.listed<{ id: string }>(client, '/waitlist?status=notified', chance);
    for (const { id } of offers)
      if (chance.next() < 0.75) await this.post('take', client, `/waitlist/${id}/confirm`, chance, undefined, id);
      else await this.delete('leave', client, `/waitlist/${id}`, chance, id);
  }

  private async cancels(person: KeyHolder, chance: Chance, as = ''): Promise<void> {
    const found = await this.listed<Booked>(person, `/bookings?${as}status=confirmed&limit=20`, chance);
    if (found.length === 0) return;
    const { id } = chance.pick(found);
    await this.delete('cancel', person, `/bookings/${id}`, chance, id);
  }

  private async moves(client: KeyHolder, slot: string, chance: Chance): Promise<void> {
    const path = `/bookings?${ACTIVE.map((status) => `status=${status}`).join('&')}&limit=20`;
    const found = await this.listed<Booked>(client, path, chance);
    if (found.length === 0) return;
    const { id } = chance.pick(found);
    await this.post('move', client, `/bookings/${id}/reschedule`, chance, { scheduled_at: slot }, id);
  }

  private async buys(client: KeyHolder, { pricingId }: StageCoach, chance: Chance): Promise<void> {
    const body = { pricing_id: pricingId, payment_method: 'card' };
    await this.post('purchase', client, '/packages/purchase', chance, body);
  }

  /** What was acknowledged can be read, at whichever process. */
  private async looksForHisOwn(client: KeyHolder, chance: Chance): Promise<void> {
    const own = this.history.acts.filter(({ kind, person }) => kind === 'book' && person === client);
    const told = own.flatMap((act) => textAt(doneAnswer(act)?.body, 'id') ?? []);
    if (told.length === 0) return;
    const id = chance.pick(told);
    const { status } = await this.history.read(client, `/bookings/${id}`, chance);
    if (status === 404) this.missed.push(id);
  }

  private async judges(coach: StageCoach, chance: Chance): Promise<void> {
    const path = '/bookings?as=coach&status=pending_coach_validation&limit=5';
    for (const { id } of await this.listed<Booked>(coach, path, chance))
      if (chance.next() < 0.85) await this.post('confirm', coach, `/bookings/${id}/confirm`, chance, undefined, id);
      else await this.post('reject', coach, `/bookings/${id}/reject`, chance, {}, id);
  }

  private async cashes(coach: StageCoach, chance: Chance): Promise<void> {
    const { id: clientId } = chance.pick(this.stage.clients);
    const path = `/coaches/clients/${clientId}`;
    const [pack] = await this.listed<{ id: string }>(coach, `${path}/packages?status=awaiting_payment`, chance);
    if (!pack) return;
    const body = { amount_cents: 20_000, package_id: pack.id, payment_method: 'card', status: 'paid' };
    await this.post('pay', coach, `${path}/payments`, chance, body, pack.id);
  }

  private async sells(coach: StageCoach, chance: Chance): Promise<void> {
    const body = { name: 'Two', sessions_total: 2, price_cents: 9_000 };
    await this.post('sell', coach, `/coaches/clients/${chance.pick(this.stage.clients).id}/packages`, chance, body);
  }

  private async listed<T>(person: KeyHolder, path: string, chance: Chance): Promise<T[]> {
    return (await this.history.read<Listed<T>>(person, path, chance)).body?.items ?? [];
  }

  private async post(
    kind: Parameters<History['act']>[0]['kind'],
    person: KeyHolder,
    path: string,
    chance: Chance,
    body?: object,
    about?: string,
  ): Promise<void> {
    await this.history.act(
      { kind, person, method: 'POST', path, ...(body && { body }), ...(about && { about }) },
      chance,
    );
  }

  private async delete(
    kind: 'cancel' | 'leave',
    person: KeyHolder,
    path: string,
    chance: Chance,
    about: string,
  ): Promise<void> {
    await this.history.act({ kind, person, method: 'DELETE', path, about }, chance);
  }
}
