import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FIXTURES, filesUnder, ROOT } from './sources';

/** `x.<kind>.ts`, the same in every module (architecture §3). */
const KINDS = new Set([
  'module',
  'controller',
  'dto',
  'response',
  'service',
  'repository',
  'policy',
  'rules',
  'state',
  'errors',
  'events',
  'listener',
  'jobs',
  'personal-data',
  'entity',
  'types', // public types, shared with other modules
  'guard', // stands before every route
  'strategy', // of passport
  'filter', // turns refusals of a route into something else than JSON
  'fields', // decorators of DTO fields that several DTOs of the module share
  'format', // how a value is written and read, pure
  'template', // layout of a text that leaves
]);

/** Files that are none of these kinds, because they hold a thing of the domain with a name of its own. */
const NAMED: Record<string, string> = {
  'auth/account-links.ts': 'makes the links of account mails',
  'auth/accounts/account-completion.ts': 'the part of the completion that the account itself has',
  'auth/accounts/account-locale.ts': 'the locale of a new account, by the header of its request',
  'auth/avatars/picture-maker.ts': 'sharp with a bounded queue',
  'auth/avatars/silhouettes.ts': 'drawings as data',
  'auth/completion-parts.ts': 'the port that modules register their points of the completion into',
  'auth/google/google-certificates.ts': 'fetches and keeps the signing certificates of Google',
  'auth/keys/key-authenticator.ts': 'the adapter behind the port Authenticator of the kernel',
  'auth/keys/key-cache.ts': 'remembers good keys, and forgets those that changed',
  'auth/passwords/common-passwords.ts': 'a list of data',
  'auth/passwords/password-hasher.ts': 'argon2 with a bounded queue',
  'auth/sharing-consents.ts': 'the port that the keeper of consents registers into',
  'auth/verification/address-limit.ts': 'how often one address may ask for a mail',
  'auth/verification/verification-page.ts': 'the page that a link of a mail shows in a browser',
  'booking/booking-currency.ts': 'what bookings register into the port of the payments',
  'booking/booking-facts.ts': 'a booking as its facts tell of it',
  'booking/booking-standing.ts': 'what bookings register into the port of those who carry messages',
  'booking/requests/request-standing.ts': 'what requests register into the port of those who carry messages',
  'booking/slots/wall-clock.ts': 'a zone’s wall clock as minutes, pure and hot',
  'booking/slot-refusals.ts': 'a table of data',
  'client/profile/profile-completion.ts': 'the part of the completion that the client profile has',
  'client/search/search-conditions.ts': 'a search as SQL',
  'client/search/search-totals.ts': 'remembers how many coaches a search finds',
  'coach/profile/currencies.ts': 'a table of data',
  'coach/profile/profile-completion.ts': 'the part of the completion that the coach profile has',
  'coach/relations/relation-standing.ts': 'what relations register into the port of those who carry messages',
  'integration/calendar/google-calendar.ts': 'the API of Google Calendar',
  'integration/calendar/google-calendar-oauth.ts': 'an adapter of the flow that providers have in common',
  'integration/connections/oauth-client.ts': 'the flow that adapters of providers have in common',
  'integration/connections/oauth-vendors.ts': 'the port that adapters of providers register into',
  'integration/strava/strava-client.ts': 'speaks the API of Strava',
  'integration/strava/strava-vendor.ts': 'an adapter behind the port OAuthVendor of the module',
  'integration/withings/withings-api.ts': 'speaks to the API of Withings',
  'integration/withings/withings-oauth.ts': 'an adapter behind the port OAuthVendor of the module',
  'messaging/sms/no-sms.ts': 'an adapter behind the port SmsSender of the kernel',
  'messaging/sms/paced-sms.ts': 'so many SMS a second, before the port SmsSender of the kernel',
  'messaging/sms/twilio-http.ts': 'how the SDK of Twilio speaks HTTP',
  'messaging/sms/twilio-sms.ts': 'an adapter behind the port SmsSender of the kernel',
  'notification/account-catalogue.ts': 'its part about accounts',
  'notification/booking-catalogue.ts': 'its part about bookings',
  'notification/catalogue.ts': 'the table of all notifications',
  'notification/coach-catalogue.ts': 'its part about coaches',
  'notification/discovery-catalogue.ts': 'its part about requests for a discovery',
  'notification/firebase/firebase-agent.ts': 'the connections that the SDK of Firebase is given',
  'notification/firebase/firebase-exchange.ts': 'one push on these connections, and what goes wrong with it',
  'notification/firebase/firebase-push.ts': 'an adapter behind the port PushSender of the kernel',
  'notification/firebase/google-credential.ts': 'an adapter behind the port Credential of that SDK',
  'notification/inbox-only-push.ts': 'an adapter behind the port PushSender of the kernel',
  'notification/mail-writer.ts': 'puts a mail together',
  'notification/nodemailer-mailer.ts': 'an adapter behind the port Mailer of the kernel',
  'notification/notification-text.ts': 'puts a text together',
  'notification/payment-catalogue.ts': 'its part about packages and payments',
  'notification/training-catalogue.ts': 'its part about training and machines',
  'notification/type-names.ts': 'the names of the contract',
  'notification/waitlist-catalogue.ts': 'its part about queues',
  'payment/booking-currencies.ts': 'the port that bookings register their currency into',
  'payment/payment-standing.ts': 'what packages and payments register into the port of those who carry messages',
  'performance/imports/exercise-aliases.ts': 'a table of data',
  'performance/videos/http-videos.ts': 'an adapter behind the port VideoProvider of the kernel',
  'performance/videos/no-videos.ts': 'an adapter behind the port VideoProvider of the kernel',
  'performance/performance-standing.ts': 'what sessions register into the port of those who carry messages',
  'program/program-standing.ts': 'what plans register into the port of those who carry messages',
  'sandbox/sandbox-film.ts': 'draws the film that stands in for a video',
  'sandbox/sandbox-videos.ts': 'an adapter behind the port VideoProvider of the kernel',
  'sandbox/sandbox-mailbox.ts': 'the adapters behind Mailer and PushSender that keep what would leave',
  'system/metrics-server.ts': 'the port of its own on which Prometheus reads',
  'waitlist/waitlist-standing.ts': 'what queues register into the port of those who carry messages',
};

const DRAWERS = /(^|\/)(utils?|helpers?|shared|lib|libs|misc|common|core|constants?|interfaces?|types)(\/|$)/;
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What is wrong with the files of src/modules, by their paths. */
function faultsOf(paths: readonly string[]): string[] {
  const known = new Set(paths);
  return paths.flatMap((path) => {
    const parts = path.split('/');
    const file = parts.at(-1) ?? '';
    const folders = parts.slice(0, -1);
    const faults: string[] = [];
    if (DRAWERS.test(folders.join('/'))) faults.push('a folder for everything');
    if (folders.some((folder) => !NAME.test(folder))) faults.push('a folder not in kebab-case');
    if (folders.length > 2) faults.push('deeper than module/resource');
    if (file === 'index.ts') faults.push('a barrel');
    else faults.push(...nameFaults(path, file, folders, known));
    return faults.map((fault) => `${path}: ${fault}`);
  });
}

function nameFaults(path: string, file: string, folders: string[], known: ReadonlySet<string>): string[] {
  const spec = /^(.+?)(\.property)?\.spec\.ts$/.exec(file);
  if (spec)
    return known.has([...folders, `${spec[1] ?? ''}.ts`].join('/')) ? [] : ['a test beside no file of its name'];
  if (folders.includes('commands')) return NAME.test(file.replace(/\.ts$/, '')) ? [] : ['a command not in kebab-case'];
  const [name = '', kind, ...rest] = file.replace(/\.ts$/, '').split('.');
  if (!file.endsWith('.ts') || !NAME.test(name) || rest.length > 0) return ['not named like a file of a module'];
  if (kind === undefined) return path in NAMED ? [] : ['of no kind, and not in the list of named things'];
  if (!KINDS.has(kind)) return [`"${kind}" is no kind of file`];
  if ((kind === 'entity') !== (folders.at(-1) === 'entities')) return ['entities/ holds the entities and nothing else'];
  return [];
}

/** What stands at the top of the repository, and why. */
const TOP: Record<string, string> = {
  '.ci': 'decides whether a change lands',
  '.dependency-cruiser.cjs': 'import rules',
  '.dockerignore': 'keeps the image small and free of local data',
  '.editorconfig': 'indentation, for every editor',
  '.env.example': 'every variable, explained',
  '.gitignore': 'what is never committed',
  '.prettierignore': 'what is not formatted',
  '.prettierrc': 'how code is formatted',
  '.swcrc': 'how tests are compiled',
  bench: 'benchmarks, run by hand',
  'CHANGELOG.md': 'what changed, for who runs it',
  'CONTRIBUTING.md': 'for who changes it',
  'docker-compose.yml': 'the product with its database',
  docker: 'what containers run beside the product',
  Dockerfile: 'the image',
  docs: 'architecture, decisions, runbook, OpenAPI',
  'eslint.config.mjs': 'lint rules',
  i18n: 'texts in four languages',
  'jest.config.js': 'how tests run',
  'knip.jsonc': 'what looks for dead code',
  LICENSE: 'what others may do with it',
  'nest-cli.json': 'how it is built',
  ops: 'backups, alerts, dashboards, supply',
  'ormconfig.ts': 'the data source of the TypeORM command line',
  'package-lock.json': 'exact packages',
  'package.json': 'packages and commands',
  'README.md': 'for who meets it first',
  'redocly.yaml': 'rules for the OpenAPI document',
  'SECURITY.md': 'how to report a weakness',
  seeds: 'reference data',
  src: 'the product',
  test: 'its tests',
  'tsconfig.build.json': 'the compiler for builds',
  'tsconfig.json': 'the compiler for everybody',
};

/** What .gitignore names: it is there, but no part of the repository. */
const IGNORED = /^(\.git|node_modules|dist|\.data|\.env|coverage|.*\.log)$/;

describe('the files of the modules', () => {
  it('are named by their kind', () => {
    expect(faultsOf(filesUnder(join(ROOT, 'src', 'modules')))).toEqual([]);
  });

  it('include every thing of the list of named ones', () => {
    expect(Object.keys(NAMED).filter((path) => !existsSync(join(ROOT, 'src', 'modules', path)))).toEqual([]);
  });

  it('are judged by a check that bad names turn red', () => {
    const bad = filesUnder(join(FIXTURES, 'names', 'src', 'modules'));
    // A fixture of this name would be run as a test.
    expect(faultsOf([...bad, 'booking/lonely.rules.spec.ts'])).toEqual([
      'booking/BookingService.ts: not named like a file of a module',
      'booking/booking.entity.ts: entities/ holds the entities and nothing else',
      'booking/booking.manager.ts: "manager" is no kind of file',
      'booking/entities/booking.service.ts: entities/ holds the entities and nothing else',
      'booking/index.ts: a barrel',
      'booking/slots/deep/down/slot.rules.ts: deeper than module/resource',
      'booking/things.ts: of no kind, and not in the list of named things',
      'booking/timeSlots/slot.rules.ts: a folder not in kebab-case',
      'booking/utils/dates.rules.ts: a folder for everything',
      'booking/lonely.rules.spec.ts: a test beside no file of its name',
    ]);
  });
});

describe('the top of the repository', () => {
  const unknown = (entries: string[]): string[] => entries.filter((entry) => !(entry in TOP) && !IGNORED.test(entry));

  it('holds what has a reason to be there, and nothing else', () => {
    const entries = readdirSync(ROOT);
    expect(unknown(entries)).toEqual([]);
    expect(Object.keys(TOP).filter((entry) => !entries.includes(entry))).toEqual([]);
  });

  it('is judged by a check that a stray file turns red', () => {
    expect(unknown(['src', 'notes.txt', 'node_modules', 'scripts'])).toEqual(['notes.txt', 'scripts']);
  });
});
