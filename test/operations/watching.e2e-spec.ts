import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Metrics } from 'src/common/metrics/metrics';
import { ROOT } from 'test/architecture/sources';
import { describeWith, pathOf } from 'test/support/system-servers';
import { startTestApp } from 'test/support/test-app';
import { parse, stringify } from 'yaml';

const ALERTS = join(ROOT, 'ops', 'prometheus', 'alerts.yml');
const STORIES = join(ROOT, 'ops', 'prometheus', 'alerts.test.yml');
const DASHBOARD = join(ROOT, 'ops', 'grafana', 'mycoach.json');

interface Alert {
  alert: string;
  expr: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

interface Panel {
  id: number;
  type: string;
  title: string;
  description?: string;
  gridPos: Record<'x' | 'y' | 'w' | 'h', number>;
  targets?: { expr: string }[];
}

interface Dashboard {
  panels: Panel[];
  templating: { list: { name: string; definition?: string }[] };
  annotations: { list: { expr: string }[] };
}

const { groups } = parse(readFileSync(ALERTS, 'utf8')) as { groups: { name: string; rules: Alert[] }[] };
const alerts = groups.flatMap(({ rules }) => rules);
const dashboard = JSON.parse(readFileSync(DASHBOARD, 'utf8')) as Dashboard;
const panels = dashboard.panels.filter(({ type }) => type !== 'row');

/** Every question that Prometheus is asked, by who asks it. */
const questions: [string, string][] = [
  ...alerts.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }): [string, string] => [title, expr])),
  ...dashboard.annotations.list.map(({ expr }): [string, string] => ['annotation', expr]),
];

/** Names of series in a question, each with the labels that it asks of them. */
function seriesIn(expr: string): { name: string; labels: string[] }[] {
  return [...expr.matchAll(/\b(mycoach_\w+)(?:\{([^}]*)\})?/g)].map(([, name = '', matchers = '']) => ({
    name,
    labels: [...matchers.matchAll(/(\w+)\s*[=!]~?"/g)].map(([, label = '']) => label),
  }));
}

/** The labels that a question is grouped by. */
const groupsIn = (expr: string): string[] =>
  [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(/,\s*/));

/** As GitHub makes the anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

/** The labels that a series has: its own, and those that Prometheus gives it. */
function labelsOf(name: string): string[] {
  const metrics = new Metrics().registry.getMetricsAsArray() as unknown as { name: string; labelNames?: string[] }[];
  const metric = metrics.find((one) => one.name === name.replace(/_(bucket|sum|count)$/, '') || one.name === name);
  return [...(metric?.labelNames ?? []), 'instance', 'job', ...(name.endsWith('_bucket') ? ['le'] : [])];
}

describe('what an operator watches', () => {
  let text: string;
  let told: string[];

  beforeAll(async () => {
    const app = await startTestApp();
    try {
      ({ text } = await app.http.get('/metrics'));
      const types = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)];
      told = types.flatMap(([, name = '', type]) =>
        type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => `${name}${end}`) : [name],
      );
    } finally {
      await app.close();
    }
  }, 60_000);

  it.each(questions)('%s asks for figures that a started process tells: %s', (_who, expr) => {
    const series = seriesIn(expr);
    expect(series.length > 0 || expr.includes('up{job="mycoach"}')).toBe(true);
    expect(series.filter(({ name }) => !told.includes(name))).toEqual([]);
    for (const { name, labels } of series)
      expect(labels.filter((label) => !labelsOf(name).includes(label))).toEqual([]);
    const known = series.flatMap(({ name }) => labelsOf(name));
    expect(groupsIn(expr).filter((label) => !known.includes(label))).toEqual([]);
  });

  it('figures whose first step counts are there before it: none is seen from nothing', () => {
    expect(text).toContain('mycoach_phone_codes_refused_total{of="everybody"} 0\n');
    for (const quota of ['coach_day', 'number_day'])
      expect(text).toContain(`mycoach_sms_refused_total{quota="${quota}"} 0\n`);
  });

  it('a dashboard shows every figure of ours', () => {
    const ours = told.filter((name) => !/^mycoach_(process|nodejs)_/.test(name));
    const shown = new Set(
      panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => seriesIn(expr))).map(({ name }) => name),
    );
    expect(ours.length).toBeGreaterThan(10);
    expect(ours.filter((name) => !shown.has(name) && !/_(sum|count)$/.test(name))).toEqual([]);
  });

  it('its panels have numbers of their own, lie beside each other, and name alerts that there are', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const overlaps = (one: Panel['gridPos'], other: Panel['gridPos']): boolean =>
      one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;
    for (const [index, one] of dashboard.panels.entries())
      expect(dashboard.panels.slice(index + 1).filter((other) => overlaps(one.gridPos, other.gridPos))).toEqual([]);
    const named = panels.flatMap(({ description = '' }) => description.match(/MyCoach\w+/g) ?? []);
    expect(named.filter((name) => !alerts.some(({ alert }) => alert === name))).toEqual([]);
  });

  it('every alert has one name, a weight, a sentence, and its section of the runbook', () => {
    const runbook = readFileSync(join(ROOT, 'docs', 'runbook.md'), 'utf8');
    const anchors = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
    for (const { alert, labels, annotations } of alerts) {
      expect(labels['severity']).toMatch(/^(page|ticket)$/);
      expect(annotations['summary']).toMatch(/^\S.{20,}$/);
      expect(annotations['runbook_url']).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
      expect(anchors).toContain(alert.toLowerCase());
    }
  });
});

describe('the days of the rules', () => {
  const { tests } = parse(readFileSync(STORIES, 'utf8')) as {
    tests: { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] }[];
  };
  const told = (isFiring: boolean): string[] =>
    tests
      .flatMap(({ alert_rule_test: moments }) => moments)
      .filter(({ exp_alerts: expected = [] }) => expected.length > 0 === isFiring)
      .map(({ alertname }) => alertname);

  it.each(alerts.map(({ alert }) => alert))('%s is told on one of them, and on a quiet one not', (alert) => {
    expect(told(true)).toContain(alert);
    expect(told(false)).toContain(alert);
  });
});

describeWith('promtool', 'what Prometheus says of them', () => {
  const promtool = (...args: string[]): string => execFileSync(pathOf('promtool') ?? '', args, { encoding: 'utf8' });

  it('the alerts are well formed, and told on the right days', () => {
    expect(promtool('check', 'rules', ALERTS)).toContain(`SUCCESS: ${alerts.length} rules found`);
    expect(promtool('test', 'rules', STORIES)).toContain('SUCCESS');
  });

  it('it understands every question of the dashboard', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mycoach-rules-'));
    try {
      const rules = questions.map(([, expr], index) => ({
        record: `question:${index}`,
        expr: expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*'),
      }));
      const file = join(folder, 'questions.yml');
      writeFileSync(file, stringify({ groups: [{ name: 'questions', rules }] }));
      expect(promtool('check', 'rules', file)).toContain(`SUCCESS: ${rules.length} rules found`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
