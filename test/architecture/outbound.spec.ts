import ts from 'typescript';
import { nodesIn, nodesOfProduct, type Place } from './syntax';

/**
 * Where the product calls somebody, and what says whom: nothing of it is an address that a user wrote. Addresses of
 * users (diplomas, machines, icons, links) are kept and shown, never fetched, so that nobody sends this server anywhere
 * (trust 27).
 */
const CALLERS: Readonly<Record<string, string>> = {
  'src/common/limits/network.rules.ts': 'nobody: it tells kinds of addresses apart',
  'src/common/limits/request-counters.ts': 'REDIS_URL',
  'src/common/outbound/bounded-http.ts': 'its callers, which are all in this list; no redirect is followed',
  'src/common/storage/s3-bucket.ts': 'S3_ENDPOINT, or the region',
  'src/modules/auth/google/google-certificates.ts': 'GOOGLE_CERTS_URL, or Google’s own address',
  'src/modules/auth/google/google-identity.service.ts':
    'nobody: it checks signatures with certificates that it is given',
  'src/modules/integration/authorizations/authorization.service.ts': 'nobody: it makes the challenge of PKCE',
  'src/modules/integration/calendar/google-calendar.ts': 'GOOGLE_CALENDAR_BASE_URL, or Google’s own address',
  'src/modules/integration/connections/oauth-client.ts': 'the endpoints of a provider, of its settings',
  'src/modules/integration/strava/strava-client.ts': 'STRAVA_BASE_URL, or Strava’s own address',
  'src/modules/integration/strava/strava-vendor.ts': 'the same',
  'src/modules/integration/withings/withings-api.ts': 'WITHINGS_BASE_URL, or its own addresses',
  'src/modules/messaging/sms/twilio-signature.guard.ts': 'nobody: it checks signatures',
  'src/modules/messaging/sms/twilio-sms.ts': 'TWILIO_BASE_URL, or Twilio’s own address',
  'src/modules/notification/firebase/firebase-agent.ts': 'Google’s own addresses',
  'src/modules/notification/firebase/firebase-push.ts': 'the same',
  'src/modules/notification/firebase/google-credential.ts': 'the same',
  'src/modules/notification/nodemailer-mailer.ts': 'SMTP_URL',
  'src/modules/performance/videos/http-videos.ts':
    'VIDEO_PROVIDER_URL; a finished file by what the provider says, at origins of VIDEO_PROVIDER_FILE_ORIGINS only',
};

/** Never loaded by a process that serves people from elsewhere, or a server and no caller. */
const APART = [
  /^src\/demo\//,
  /^src\/database\//,
  /^src\/modules\/system\/metrics-server\.ts$/,
  /^src\/common\/lifecycle\/http-farewell\.ts$/,
];

const LIBRARIES =
  /^(node:)?(http|https|http2|net|tls|dgram|dns)$|^(undici|axios|got|nodemailer|twilio|ioredis|oauth4webapi|google-auth-library|firebase-admin|@aws-sdk|ws)(\/|$)/;
const CALLS = new Set(['fetch', 'exchange', 'askJson', 'WebSocket', 'EventSource']);

/** What is bound at run time: a type alone calls nobody. */
function isLibrary(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) {
    const clause = node.importClause;
    const named = clause?.namedBindings;
    const isTypes =
      clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
      (named !== undefined && ts.isNamedImports(named) && named.elements.every((each) => each.isTypeOnly));
    return !isTypes && ts.isStringLiteral(node.moduleSpecifier) && LIBRARIES.test(node.moduleSpecifier.text);
  }
  const isImport = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const [name] = isImport ? node.arguments : [];
  return name !== undefined && ts.isStringLiteral(name) && LIBRARIES.test(name.text);
}

function isCall(node: ts.Node): boolean {
  const isCalled = ts.isCallExpression(node) || ts.isNewExpression(node);
  return isCalled && ts.isIdentifier(node.expression) && CALLS.has(node.expression.text);
}

const calls = (node: ts.Node): boolean => isLibrary(node) || isCall(node);
const filesOf = (places: readonly Place[]): string[] => [...new Set(places.map(({ file }) => file))].sort();

describe('whom the product calls', () => {
  const callers = filesOf(nodesOfProduct(calls)).filter((file) => !APART.some((apart) => apart.test(file)));

  it('is said by the operator or by a provider, at each place that calls somebody (trust 27)', () => {
    const named = Object.keys(CALLERS).sort();
    expect({ unknown: callers.filter((file) => !named.includes(file)) }).toEqual({ unknown: [] });
    expect({ gone: named.filter((file) => !callers.includes(file)) }).toEqual({ gone: [] });
  });

  it('would be caught at a place that nobody has looked at', () => {
    for (const bad of [
      'void fetch(dto.document_url);',
      `import { request } from 'node:https';`,
      `const client = await import('axios');`,
      'const body = await askJson(name, dto.icon_url, {});',
      'new WebSocket(url);',
    ])
      expect(nodesIn(bad, 'bad.ts', calls)).toHaveLength(1);
    for (const good of [`import type { Server } from 'node:http';`, 'this.provider.fetch(url);'])
      expect(nodesIn(good, 'good.ts', calls)).toEqual([]);
  });

  it('follows nobody elsewhere', () => {
    const fetches = nodesOfProduct((node) => isCall(node) && node.getText().startsWith('fetch('));
    const following = fetches.filter(
      ({ file, node }) => !file.startsWith('src/demo/') && !/redirect: '(manual|error)'/.test(node.getText()),
    );
    expect(filesOf(following)).toEqual([]);
  });
});
