import type { TestApp } from 'test/support/test-app';
import sharp from 'sharp';
import type { Upload } from './draft';
import type { Actor, People } from './people';
import { filled } from './references';
import { SEALS } from './seals';
import type { Step } from './step';
import type { Stock } from './stock';

/** A step as it went over the wire, and what came back. */
export interface Exchange {
  step: Step;
  target: string;
  body: unknown;
  status: number;
  headers: Readonly<Record<string, string>>;
  /** As it came. */
  text: string;
  /** What JSON says, where it is JSON. */
  json: unknown;
}

const picture = sharp({ create: { width: 320, height: 320, channels: 3, background: '#336699' } })
  .png()
  .toBuffer();

function addressOf({ route, draft }: Step, path: Record<string, unknown>, stock: Stock, actor: Actor): string {
  const named = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const pairs = draft.query.map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(filled(value, actor, stock)))}`,
  );
  return pairs.length > 0 ? `${named}?${pairs.join('&')}` : named;
}

/** Half a character cannot be written in UTF-8, but JSON can name it. */
function written(body: unknown): string {
  return JSON.stringify(body);
}

export async function send(app: TestApp, people: People, stock: Stock, step: Step): Promise<Exchange> {
  const { actor, draft, route } = step;
  const target = addressOf(step, filled(draft.path, actor, stock) as Record<string, unknown>, stock, actor);
  const body = filled(draft.body, actor, stock);
  const key = people.key(actor);
  let request = app.http[route.verb](target)
    .redirects(0)
    .ok(() => true);
  if (key) request = request.set('X-API-Key', key);
  const seal = step.isStaged ? SEALS[route.name] : undefined;
  const seals = seal?.(app, { target, body, text: draft.raw ?? written(body) });
  for (const [name, value] of Object.entries({ ...draft.headers, ...seals })) request = request.set(name, value);
  if (draft.contentType === 'multipart/form-data') {
    const { fields, file } = body as Upload;
    for (const [name, value] of Object.entries(fields)) request = request.field(name, value);
    if (file) request = request.attach('file', 'picture' in file ? await picture : Buffer.from(file.text), file.name);
  } else if (draft.contentType === 'application/x-www-form-urlencoded') {
    request = request.type('form').send(body as object);
  } else if (draft.raw !== undefined) {
    request = request.set('Content-Type', draft.contentType ?? 'application/json').send(draft.raw);
  } else if (body !== undefined) {
    request = request.set('Content-Type', 'application/json').send(written(body));
  }
  const answer = await request;
  // A picture has none, whatever the types say.
  const text = answer.text || '';
  return {
    step,
    target,
    body: draft.raw ?? body,
    status: answer.status,
    headers: answer.headers,
    text,
    json: answer.type === 'application/json' && text ? (answer.body as unknown) : undefined,
  };
}

/** The same for a shell. */
export function asCurl({ step, target, body, status, text }: Exchange): string {
  const { route, actor, draft } = step;
  const quoted = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;
  const key = actor === 'nobody' ? [] : [`-H "X-API-Key: $${actor.toUpperCase().replaceAll(' ', '_')}"`];
  const headers = Object.entries(draft.headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  const sent =
    body === undefined
      ? []
      : [
          `-H ${quoted(`Content-Type: ${draft.contentType ?? 'application/json'}`)}`,
          `--data-raw ${quoted(typeof body === 'string' ? body : written(body)).slice(0, 1_500)}`,
        ];
  const command = ['curl', '-X', route.verb.toUpperCase(), quoted(`$API${target}`), ...key, ...headers, ...sent].join(
    ' ',
  );
  return `${command}\n  # → ${String(status)} ${text.slice(0, 300)}`;
}
