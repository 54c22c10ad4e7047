import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, getSchemaPath, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { API_KEY_SCHEME } from 'src/common/auth/access.decorators';
import { ErrorResponse } from 'src/common/http/error.response';

/** The chapters, in the order somebody new goes through them. */
const TAGS: Readonly<Record<string, string>> = {
  Auth: 'Accounts, keys and devices',
  Users: 'The own account',
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
  Machines: 'What stands in the clubs, found by its QR code',
  Notifications: 'The inbox, and the devices that ring',
  Administration: 'For admins',
  Webhooks: 'For providers, who report here',
  System: 'For probes and operators',
  Sandbox: 'For development only: the mailbox, the clock, the jobs',
};

/** The OpenAPI document of the application: what `/docs-json` answers and `docs/openapi.json` holds. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('MyCoach')
    .setDescription(
      'The backend that independent fitness coaches and their clients run their week on. ' +
        'Register, take the `api_key` of the answer and press **Authorize**.',
    )
    .setVersion('1')
    .addApiKey({ type: 'apiKey', name: 'X-API-Key', in: 'header' }, API_KEY_SCHEME);
  for (const [tag, meaning] of Object.entries(TAGS)) builder.addTag(tag, meaning);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    extraModels: [ErrorResponse],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  return withRefusals(document);
}

/** Every route refuses in the same words: said once for all, so that no route forgets it. */
function withRefusals(document: OpenAPIObject): OpenAPIObject {
  const refusal = {
    description: 'Any refusal: `detail` is its code, `message` the same in the language of the caller',
    content: { 'application/json': { schema: { $ref: getSchemaPath(ErrorResponse) } } },
  };
  for (const path of Object.values(document.paths))
    for (const verb of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const operation = path[verb];
      if (operation) operation.responses = { ...operation.responses, default: refusal };
    }
  return document;
}

/** Swagger UI needs its own scripts and styles; everything else keeps the strict policy. */
const DOCS_POLICY =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

/** Swagger UI at /docs, with the API-key button, and the document at /docs-json. */
export function setupDocs(app: INestApplication): void {
  app.use(
    '/docs',
    (_request: unknown, response: { setHeader(name: string, value: string): void }, next: () => void) => {
      response.setHeader('Content-Security-Policy', DOCS_POLICY);
      next();
    },
  );
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    customSiteTitle: 'MyCoach API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true, docExpansion: 'list', filter: true },
  });
}
