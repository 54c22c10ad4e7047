import type { Exchange } from './sent';

interface Count {
  statuses: Map<number, number>;
  good: number;
  accepted: number;
  /** Why good ones were refused. */
  refusals: Map<string, number>;
}

function detailOf(json: unknown): string {
  const { detail = 'nothing said', errors = [] } = (json ?? {}) as {
    detail?: string;
    errors?: { field: string; code: string }[];
  };
  const [first] = errors;
  return first ? `${first.field}:${first.code}` : detail;
}

/** What was asked, and how it was answered. */
export class Tally {
  requests = 0;
  private readonly routes = new Map<string, Count>();

  note({ step: { route, fault }, status, json }: Exchange): void {
    const count = this.routes.get(route.name) ?? {
      statuses: new Map<number, number>(),
      good: 0,
      accepted: 0,
      refusals: new Map<string, number>(),
    };
    this.routes.set(route.name, count);
    this.requests += 1;
    count.statuses.set(status, (count.statuses.get(status) ?? 0) + 1);
    if (fault) return;
    count.good += 1;
    if (status < 400) count.accepted += 1;
    else count.refusals.set(detailOf(json), (count.refusals.get(detailOf(json)) ?? 0) + 1);
  }

  get covered(): string[] {
    return [...this.routes.keys()];
  }

  /** Routes that never accepted anything. */
  get neverAccepted(): string[] {
    return this.covered.filter((name) => !this.hasAccepted(name));
  }

  hasAccepted(route: string): boolean {
    return [...(this.routes.get(route)?.statuses.keys() ?? [])].some((status) => status < 400);
  }

  /** Requests by the class of their answer, and how many each route got. */
  get summary(): string {
    const classes = new Map<number, number>();
    const counts = [...this.routes.values()].map(({ statuses }) => {
      for (const [status, n] of statuses)
        classes.set(Math.floor(status / 100), (classes.get(Math.floor(status / 100)) ?? 0) + n);
      return [...statuses.values()].reduce((sum, n) => sum + n, 0);
    });
    const sorted = counts.sort((a, b) => a - b);
    const of = [...classes].sort(([a], [b]) => a - b).map(([first, n]) => `${String(first)}xx ${String(n)}`);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    return `${String(this.requests)} requests to ${String(sorted.length)} routes (each: least ${String(sorted[0] ?? 0)}, median ${String(median)}); ${of.join(', ')}`;
  }

  /** A line a route. */
  lines(): string[] {
    return [...this.routes].map(([name, { statuses, good, accepted, refusals }]) => {
      const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, n]) => `${String(status)}×${String(n)}`);
      return `${name.padEnd(64)} ${`${String(accepted)}/${String(good)} good ones accepted`.padEnd(30)} ${counts.join(' ')} ${[...refusals].map(([detail, n]) => `${detail}×${String(n)}`).join(' ')}`;
    });
  }
}
