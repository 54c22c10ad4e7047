import { Logger } from '@nestjs/common';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { NotYet } from 'src/common/outbound/not-yet';
import { ProviderPaused } from 'src/common/outbound/provider-paused';
import { bestEffort } from './best-effort';

const passing = new DeliveryFailure('strava http_503', false);
const final = new DeliveryFailure('strava http_400', true);
const ours = new Error('a fault of ours');

describe('a job that is done as well as that goes', () => {
  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(true));

  it.each([
    ['is tried again while it may help', passing, { attempt: 6, isLast: false }],
    ['waits for its provider, also the last time', new ProviderPaused(5_000), { attempt: 7, isLast: true }],
    ['waits for what is not there yet, also the last time', new NotYet(5_000), { attempt: 7, isLast: true }],
    ['stays in the queue for a fault of ours', ours, { attempt: 7, isLast: true }],
  ])('%s', async (_, error, run) => {
    await expect(bestEffort('some_job', () => Promise.reject(error))({}, run)).rejects.toBe(error);
  });

  it.each([
    ['with its last attempt', passing, { attempt: 7, isLast: true }],
    ['with a refusal for good', final, { attempt: 1, isLast: false }],
  ])('ends in order %s', async (_, error, run) => {
    await expect(bestEffort('some_job', () => Promise.reject(error))({}, run)).resolves.toBeUndefined();
  });

  it('is told what it carries, and which run it is', async () => {
    const told: unknown[] = [];
    const run = { attempt: 2, isLast: false };
    await bestEffort('some_job', (...given) => Promise.resolve(void told.push(...given)))({ userId: 'x' }, run);
    expect(told).toEqual([{ userId: 'x' }, run]);
  });
});
