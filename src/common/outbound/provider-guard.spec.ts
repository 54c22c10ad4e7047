import { Logger } from '@nestjs/common';
import { Metrics } from 'src/common/metrics/metrics';
import { DeliveryFailure } from './delivery-failure';
import { ProviderGuard } from './provider-guard';
import { ProviderPaused } from './provider-paused';

const AWAY = 'ETIMEDOUT';

describe('the guard of a provider', () => {
  let metrics: Metrics;
  let guard: ProviderGuard;
  /** Messages that reached the provider. */
  let tried: string[];

  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(() => {
    jest.useFakeTimers();
    metrics = new Metrics();
    guard = new ProviderGuard('email', metrics);
    tried = [];
  });
  afterEach(() => jest.useRealTimers());

  const send = (id: string, failure: DeliveryFailure | null): Promise<unknown> =>
    guard
      .run(id, () => {
        tried.push(id);
        return failure ? Promise.reject(failure) : Promise.resolve('sent');
      })
      .catch((error: unknown) => error);
  const fail = (id: string): Promise<unknown> => send(id, new DeliveryFailure(AWAY, false));
  const failAll = async (...ids: string[]): Promise<void> => {
    for (const id of ids) await fail(id);
  };
  const isPaused = async (): Promise<boolean> =>
    (await metrics.registry.getSingleMetricAsString('mycoach_provider_paused')).includes('{channel="email"} 1');

  it('lets through what is sent, and what it throws', async () => {
    expect(await send('a', null)).toBe('sent');
    expect(await fail('b')).toMatchObject({ code: AWAY });
    expect(await isPaused()).toBe(false);
  });

  it('leaves it alone after five messages in a row, and says for how long', async () => {
    await failAll('a', 'b', 'c', 'd');
    expect(await isPaused()).toBe(false);
    await fail('e');
    expect(await isPaused()).toBe(true);
    jest.advanceTimersByTime(4_000);
    const refused = await send('f', null);
    expect(refused).toBeInstanceOf(ProviderPaused);
    expect((refused as ProviderPaused).retryAfterMs).toBe(6_000);
    expect(tried).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('begins to count anew with each message that is sent', async () => {
    await failAll('a', 'b', 'c', 'd');
    await send('x', null);
    await failAll('a', 'b', 'c', 'd');
    expect(await isPaused()).toBe(false);
  });

  it('holds nothing against the others when one message fails again and again', async () => {
    for (let time = 0; time < 20; time += 1) await fail('poison');
    expect(await isPaused()).toBe(false);
    expect(await send('other', null)).toBe('sent');
  });

  it('takes a refusal for good as the sign that somebody is there', async () => {
    await failAll('a', 'b', 'c', 'd');
    expect(await send('e', new DeliveryFailure('smtp 550', true))).toMatchObject({ code: 'smtp 550' });
    await failAll('f', 'g', 'h', 'i');
    expect(await isPaused()).toBe(false);
  });

  it('does not shut out all for whom somebody behind the provider does not let in', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f'])
      expect(await send(id, new DeliveryFailure('fcm 401', false, null, false))).toMatchObject({ code: 'fcm 401' });
    expect(await isPaused()).toBe(false);
    expect(await send('g', null)).toBe('sent');
  });

  it('holds no fault of ours against it', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const fault = guard.run(id, () => Promise.reject(new TypeError('the database is away')));
      await expect(fault).rejects.toBeInstanceOf(TypeError);
    }
    expect(await isPaused()).toBe(false);
    await failAll('a', 'b', 'c', 'd');
    expect(await isPaused()).toBe(false);
    await fail('e');
    expect(await isPaused()).toBe(true);
  });

  it('lets one try when the pause is over, and all when that one got through', async () => {
    await failAll('a', 'b', 'c', 'd', 'e');
    jest.advanceTimersByTime(10_000);
    expect(await send('f', null)).toBe('sent');
    expect(await isPaused()).toBe(false);
    expect(await send('g', null)).toBe('sent');
  });

  it('doubles the pause each time that one fails, up to five minutes, also when it is the same one', async () => {
    await failAll('a', 'b', 'c', 'd', 'e');
    for (const pauseMs of [10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]) {
      jest.advanceTimersByTime(pauseMs - 1);
      expect(await send('early', null)).toBeInstanceOf(ProviderPaused);
      jest.advanceTimersByTime(1);
      expect(await fail('a')).toMatchObject({ code: AWAY });
    }
    expect(tried.filter((id) => id === 'early')).toEqual([]);
  });

  it('waits thirty seconds for an answer, however slowly it comes in', async () => {
    const late = guard.run('a', () => new Promise<void>(() => undefined)).catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(await late).toMatchObject({ code: 'too slow', isFinal: false });
  });
});
