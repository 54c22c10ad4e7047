import { bond, sell } from 'test/booking/dealings';
import { type Message, type Stage, type Story, toClient, toCoach } from './stage';

/** Ten in the morning where everybody is awake. */
const MORNING = '2026-03-02T10:00:00Z';
const TITLE = 'Dix séances';

async function packageOf(stage: Stage, sessions: number, terms: Record<string, unknown> = {}): Promise<string> {
  await bond(stage.app, stage.coach, stage.client);
  return (await sell(stage.coach, stage.client, sessions, { name: TITLE, price_cents: 45_000, ...terms })).id;
}

/** One session of a package takes place. */
async function useOne(stage: Stage, sessions: number): Promise<string> {
  const package_id = await packageOf(stage, sessions);
  const id = await stage.agree(stage.client, { package_id });
  await stage.app.setClock('2026-03-05T10:00:00Z');
  await stage.begin();
  await stage.post(stage.coach, `/bookings/${id}/done`);
  return package_id;
}

async function pay(stage: Stage, more: object = {}): Promise<string> {
  await bond(stage.app, stage.coach, stage.client);
  await stage.begin();
  const body = { amount_cents: 5_050, ...more };
  return (await stage.post(stage.coach, `/coaches/clients/${stage.client.id}/payments`, body, 201)).id;
}

const toBoth = (type: string, data: Record<string, string>, client: object, coach: object): Message[] => [
  { to: 'client', type, values: { ...toClient, ...client }, data },
  { to: 'coach', type, variant: 'for_coach', values: { ...toCoach, ...coach }, data },
];

export const PAYMENT_STORIES: readonly Story[] = [
  [
    'the coach makes a package',
    async (stage): Promise<Message[]> => {
      await stage.begin();
      const package_id = await packageOf(stage, 10);
      const values = { ...toClient, title: TITLE, sessions: '10 sessions', amount: '€450.00' };
      return [{ to: 'client', type: 'package_created', values, data: { package_id } }];
    },
  ],
  [
    'a client buys a package',
    async (stage): Promise<Message[]> => {
      const price = { type: 'package', name: TITLE, session_count: 10, price_cents: 45_000 };
      const { id: pricing_id } = await stage.post(stage.coach, '/coaches/pricing', price, 201);
      await stage.begin();
      const bought = await stage.post<{ package: { id: string }; payment: { id: string } }>(
        stage.client,
        '/packages/purchase',
        { pricing_id, payment_method: 'bank_transfer' },
        201,
      );
      const values = { ...toCoach, title: TITLE, sessions: '10 séances', amount: '450,00 €' };
      const data = { package_id: bought.package.id, payment_id: bought.payment.id };
      return [{ to: 'coach', type: 'package_purchased', values, data }];
    },
  ],
  [
    'two sessions are left',
    async (stage): Promise<Message[]> => {
      const package_id = await useOne(stage, 3);
      const data = { package_id, sessions_remaining: '2' };
      const words = (sessions: string): object => ({ title: TITLE, sessions });
      return toBoth('package_low', data, words('2 sessions'), words('2 séances'));
    },
  ],
  [
    'no session is left',
    async (stage): Promise<Message[]> => {
      const package_id = await useOne(stage, 1);
      return toBoth('package_exhausted', { package_id }, { title: TITLE }, { title: TITLE });
    },
  ],
  [
    'a package ends in a week',
    async (stage): Promise<Message[]> => {
      const valid_until = '2026-03-09';
      const package_id = await packageOf(stage, 10, { valid_until });
      await stage.begin();
      await stage.app.setClock(MORNING);
      await stage.run('expire_packages');
      const values = { ...toClient, title: TITLE, sessions: '10 sessions', day: { day: valid_until } };
      return [{ to: 'client', type: 'package_expiring', values, data: { package_id, valid_until } }];
    },
  ],
  [
    'a payment is recorded',
    async (stage): Promise<Message[]> => {
      const payment_id = await pay(stage, { status: 'paid' });
      const values = { ...toClient, amount: '€50.50' };
      return [{ to: 'client', type: 'payment_recorded', values, data: { payment_id, package_id: '' } }];
    },
  ],
  [
    'a payment for a package is recorded',
    async (stage): Promise<Message[]> => {
      const package_id = await packageOf(stage, 10);
      const payment_id = await pay(stage, { status: 'paid', package_id });
      const values = { ...toClient, amount: '€50.50', sessions: '10 sessions' };
      const data = { payment_id, package_id };
      return [{ to: 'client', type: 'payment_recorded', variant: 'with_sessions', values, data }];
    },
  ],
  [
    'a payment is late',
    async (stage): Promise<Message[]> => {
      const due_at = '2026-03-02T09:00:00Z';
      const payment_id = await pay(stage, { due_at });
      await stage.begin();
      await stage.app.setClock(MORNING);
      await stage.run('mark_late_payments');
      const words = (amount: string): object => ({ amount, since: { at: due_at } });
      return toBoth('payment_late', { payment_id }, words('€50.50'), words('50,50 €'));
    },
  ],
];
