import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { API_KEY_SCHEME } from 'src/common/auth/access.decorators';
import { Clock } from 'src/common/clock/clock';
import { ErrorResponse } from 'src/common/http/error.response';
import { inTheWeekOf } from './docs/example-week';
import { describeExamples } from './docs/examples';
import { describeOperations } from './docs/operation-facts';
import { filterOperations } from './docs/page-filter';
import { describeRefusals } from './docs/refusals';
import { operationId, routeFacts } from './docs/routes';

/** The chapters, in the order somebody new goes through them. */
const TAGS: Readonly<Record<string, string>> = {
  Auth: 'Accounts, keys and devices',
  Users: 'The own account',
  'Social links': 'Where else people are found',
  'Coach profile': 'How a coach presents himself and wants to be booked',
  'Coach pricing': 'What sessions cost',
  'Coach availability': 'Weekly hours',
  'Coach time off': 'When a coach is away',
  'Cancellation policy': 'When a cancellation is late, and what it costs',
  'Message templates': 'What a coach has ready to say',
  SMS: 'Writing to clients, and what became of it',
  'Coach clients': 'The people a coach trains',
  'Coach search': 'Finding a coach, and what he shows of himself',
  'Coaching requests': 'Asking a coach for a first session',
  Enrolment: 'Links by which people become clients of a coach',
  'Client profile': 'What a client tells of himself',
  Gyms: 'Chains and clubs',
  Slots: 'What can be booked',
  Bookings: 'Asking, answering, moving, cancelling, judging',
  Agenda: 'Own sessions by day, and as a calendar',
  Waitlist: 'Queues at full slots',
  Packages: 'Sessions bought together, counted to the unit',
  Payments: 'Money recorded by hand',
  Exercises: 'The catalogue, in the caller’s language',
  Performances: 'Training sessions, personal records and statistics',
  Programmes: 'Training plans, generated or by a coach',
  Wellness: 'What people measure of themselves, and share with their coaches',
  Machines: 'What stands in the clubs, found by its QR code',
  Integrations: 'Strava, Google Calendar, and scales',
  Notifications: 'The inbox, and the devices that ring',
  'Personal data': 'Taking the own data away, and what was agreed to',
  Feedback: 'What people think of the product',
  Administration: 'For admins',
  Webhooks: 'For providers, who report here',
  System: 'For probes and operators',
  Sandbox: 'For development only: the mailbox, the clock, the jobs',
};

/** What a reader must know before any route. */
const INTRODUCTION = `The backend that independent fitness coaches and their clients run their week on.

Register, take the \`api_key\` of the answer and press **Authorize**: it goes into \`X-API-Key\`.

A first session, with the examples as they stand:

1. \`POST /auth/register\`, once as the coach and once as the client.
2. As the coach \`POST /coaches/profile\`, \`POST /coaches/pricing\`, \`POST /coaches/availability\`.
3. As the client \`GET /coaches/{id}/slots\` with the id of the coach, and \`POST /bookings\` with it as \`coach_id\`.
4. As the coach \`POST /bookings/{id}/confirm\`. \`GET /sandbox/messages\` has what the two were told.

What holds everywhere:

- **Ids** are UUIDs (those in examples are made up, but for exercises), **instants** ISO 8601 in UTC (\`2026-03-02T09:30:00Z\`), **money** whole cents with a currency, **weights** kilograms.
- **Lists** that can grow answer \`{items, total, offset, limit, has_more}\`.
- **Refusals** have one body: \`detail\` is a code for the program, \`message\` the same for the reader, in the language of \`Accept-Language\` or of the account (en, fr, es, pt).
- **A row of somebody else** answers the same 404 as one that is not there.
- **Repeats**: a POST that takes \`Idempotency-Key\` gives the first answer again for 24 h.
- **Limits**: 300 requests a minute for a key; 429 says in \`retry_after\` how long to wait.

The guide for whoever builds an app on it is docs/mobile.md.`;

/** The OpenAPI document of the application: what `/docs-json` answers and `docs/openapi.json` holds. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('MyCoach')
    .setDescription(INTRODUCTION)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'Wherever this document comes from')
    .addApiKey(
      {
        type: 'apiKey',
        name: 'X-API-Key',
        in: 'header',
        description: 'The `api_key` that registering or signing in answers',
      },
      API_KEY_SCHEME,
    );
  for (const [tag, meaning] of Object.entries(TAGS)) builder.addTag(tag, meaning);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    extraModels: [ErrorResponse],
    operationIdFactory: operationId,
  });
  const facts = routeFacts(app);
  describeRefusals(document, facts);
  describeOperations(document, facts);
  describeExamples(document);
  return document;
}

/** Swagger UI needs its own scripts and styles; everything else keeps the strict policy. */
const DOCS_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What is chosen by hand on this page stays in the browser, and the models are shown where they are used. */
const PAGE = {
  persistAuthorization: true,
  displayRequestDuration: true,
  docExpansion: 'none',
  filter: true,
  defaultModelsExpandDepth: 0,
  plugins: [{ fn: { opsFilter: filterOperations } }],
};

function isOfPage(request: unknown): boolean {
  return (request as { path: string }).path.endsWith('/swagger-ui-init.js');
}

/** Swagger UI at /docs, with the API-key button, and the document at /docs-json. */
export function setupDocs(app: INestApplication): void {
  app.use(
    '/docs',
    (_request: unknown, response: { setHeader(name: string, value: string): void }, next: () => void) => {
      response.setHeader('Content-Security-Policy', DOCS_POLICY);
      next();
    },
  );
  const clock = app.get(Clock);
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    customSiteTitle: 'MyCoach API',
    swaggerOptions: PAGE,
    // Only for the page, where examples are sent as they stand; the document itself is the same on every day.
    patchDocumentOnRequest: (request, _response, document) =>
      isOfPage(request) ? inTheWeekOf(document, clock.now()) : document,
  });
}
