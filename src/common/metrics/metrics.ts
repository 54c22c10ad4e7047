import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);
/** Whose bound refused a code. */
const CODE_BOUNDS = ['account', 'number', 'everybody'] as const;
const SMS_QUOTAS = ['coach_day', 'number_day'] as const;
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** `failed` is tried again, `postponed` waits for its provider without using up an attempt, `dead` has failed for good. */
export type JobOutcome = 'done' | 'failed' | 'postponed' | 'dead';

/** State of the connections of a pool at this moment. */
export interface PoolState {
  inUse: number;
  idle: number;
  waiting: number;
}

/** State of the job queue at this moment. */
export interface QueueState {
  ready: number;
  /** Out of attempts: somebody has to look. */
  dead: number;
  /** How long the oldest job that may run has waited, in seconds. */
  oldestSeconds: number;
}

/** Messages of a channel at this moment. */
export interface ChannelState {
  channel: string;
  waiting: number;
  /** How long ago the oldest of those that wait was written, in seconds. */
  oldestSeconds: number;
  /** Parked as dead letters. */
  dead: number;
}

/**
 * The figures of this process. Every label has few values by construction: templates of routes, known methods, statuses,
 * names of jobs. No id, path or address ever becomes one.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  private readonly requests = new Counter({
    name: 'mycoach_http_requests_total',
    help: 'Requests answered',
    labelNames: ['method', 'route', 'status'],
    registers: [this.registry],
    collect: () => this.countRequests(),
  });
  /** Counted here and told when asked: the library would look its labels up in every request. */
  private readonly answered = new Map<string, { method: string; route: string; status: string; count: number }>();
  private readonly durations = new Histogram({
    name: 'mycoach_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly inFlight = new Gauge({
    name: 'mycoach_http_requests_in_flight',
    help: 'Requests being answered',
    registers: [this.registry],
  });
  private readonly pool = new Gauge({
    name: 'mycoach_database_connections',
    help: 'Connections of the pool by state; waiting = requests that wait for one',
    labelNames: ['state'],
    registers: [this.registry],
  });
  private readonly replicaLag = new Gauge({
    name: 'mycoach_database_replica_lag_seconds',
    help: 'How much of what the primary has the replica may lack; 0 without a replica, +Inf when nothing is known',
    registers: [this.registry],
  });
  private readonly jobs = new Counter({
    name: 'mycoach_jobs_total',
    help: 'Jobs worked off, by outcome',
    labelNames: ['job', 'outcome'],
    registers: [this.registry],
  });
  private readonly queueDepth = new Gauge({
    name: 'mycoach_job_queue_depth',
    help: 'Jobs in the queue: ready to run, or dead (out of attempts)',
    labelNames: ['state'],
    registers: [this.registry],
  });
  private readonly queueAge = new Gauge({
    name: 'mycoach_job_queue_oldest_seconds',
    help: 'How long the oldest job that may run has waited',
    registers: [this.registry],
  });
  private readonly deliveries = new Counter({
    name: 'mycoach_deliveries_total',
    help: 'Attempts to deliver a message, by channel and outcome; failed = tried again',
    labelNames: ['channel', 'outcome'],
    registers: [this.registry],
  });
  private readonly messages = new Gauge({
    name: 'mycoach_messages',
    help: 'Messages by channel: waiting to leave, or dead (parked for somebody to look at)',
    labelNames: ['channel', 'state'],
    registers: [this.registry],
  });
  private readonly messageAge = new Gauge({
    name: 'mycoach_messages_oldest_seconds',
    help: 'How long ago the oldest message that waits was written',
    labelNames: ['channel'],
    registers: [this.registry],
  });
  private readonly paused = new Gauge({
    name: 'mycoach_provider_paused',
    help: '1 while the provider of a channel fails and is left alone',
    labelNames: ['channel'],
    registers: [this.registry],
  });

  private readonly codesRefused = new Counter({
    name: 'mycoach_phone_codes_refused_total',
    help: 'Codes to phones that were not sent, by whose bound refused: that of the account, of the number, or of everybody',
    labelNames: ['of'],
    registers: [this.registry],
  });
  private readonly devicesForgotten = new Counter({
    name: 'mycoach_push_devices_forgotten_total',
    help: 'Devices that ring no more because their provider said that they are gone',
    registers: [this.registry],
  });
  private readonly smsRefusals = new Counter({
    name: 'mycoach_sms_refused_total',
    help: 'SMS that were not written because a quota is used up: of the coach for the day, or of the number for the day',
    labelNames: ['quota'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'mycoach_' });
    // Whoever watches sees a step only from a figure that was there before: what is told of the first time begins at 0.
    for (const bound of CODE_BOUNDS) this.codesRefused.inc({ of: bound }, 0);
    for (const quota of SMS_QUOTAS) this.smsRefusals.inc({ quota }, 0);
  }

  requestBegan(): void {
    this.inFlight.inc();
  }

  /** @param route the template (`/bookings/:id`), or `unmatched` */
  requestEnded(method: string | undefined, route: string, status: number, seconds: number): void {
    const known = method !== undefined && METHODS.has(method) ? method : 'OTHER';
    this.inFlight.dec();
    const key = `${known} ${String(status)} ${route}`;
    const counted = this.answered.get(key);
    if (counted) counted.count += 1;
    else this.answered.set(key, { method: known, route, status: String(status), count: 1 });
    this.durations.observe({ method: known, route }, seconds);
  }

  private countRequests(): void {
    this.requests.reset();
    for (const { count, ...labels } of this.answered.values()) this.requests.inc(labels, count);
  }

  jobEnded(job: string, outcome: JobOutcome): void {
    this.jobs.inc({ job, outcome });
  }

  deliveryEnded(channel: string, outcome: JobOutcome): void {
    this.deliveries.inc({ channel, outcome });
  }

  providerIs(channel: string, isPaused: boolean): void {
    this.paused.set({ channel }, isPaused ? 1 : 0);
  }

  codeRefused(of: (typeof CODE_BOUNDS)[number]): void {
    this.codesRefused.inc({ of });
  }

  deviceForgotten(): void {
    this.devicesForgotten.inc();
  }

  smsRefused(quota: (typeof SMS_QUOTAS)[number], count: number): void {
    this.smsRefusals.inc({ quota }, count);
  }

  messagesAre(channels: readonly ChannelState[]): void {
    for (const { channel, waiting, oldestSeconds, dead } of channels) {
      this.messages.set({ channel, state: 'waiting' }, waiting);
      this.messages.set({ channel, state: 'dead' }, dead);
      this.messageAge.set({ channel }, oldestSeconds);
    }
  }

  poolIs({ inUse, idle, waiting }: PoolState): void {
    this.pool.set({ state: 'in_use' }, inUse);
    this.pool.set({ state: 'idle' }, idle);
    this.pool.set({ state: 'waiting' }, waiting);
  }

  replicaIs(lagSeconds: number): void {
    this.replicaLag.set(lagSeconds);
  }

  queueIs({ ready, dead, oldestSeconds }: QueueState): void {
    this.queueDepth.set({ state: 'ready' }, ready);
    this.queueDepth.set({ state: 'dead' }, dead);
    this.queueAge.set(oldestSeconds);
  }
}
