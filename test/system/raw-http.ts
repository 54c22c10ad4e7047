import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { crowd } from 'test/support/crowd';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

export const MIB = 1024 * 1024;

const REFUSAL_FIELDS = ['detail', 'message', 'errors', 'retry_after', 'attempts_left', 'request_id'];
const INNARDS =
  /\bat .+\.(js|ts):\d|node_modules|\bSELECT\b|\bINSERT\b|constraint|TypeError|SyntaxError|Unexpected token/;

export interface Got {
  status: number;
  headers: Record<string, string>;
  text: string;
  body: Record<string, unknown>;
}

/** An application that is spoken to as it stands: no library corrects the path, the verb or the body. */
export class RawHttp {
  private constructor(
    readonly app: TestApp,
    private readonly url: string,
    readonly person: TestPerson,
  ) {}

  static async start(): Promise<RawHttp> {
    const app = await startTestApp();
    const url = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    const [person] = await crowd(app, 1);
    if (!person) throw new Error('nobody is there');
    // A fault that nobody foresaw, for one name.
    await app.database.query(`ALTER TABLE users ADD CONSTRAINT provoked CHECK (first_name <> 'Provoked') NOT VALID`);
    return new RawHttp(app, url, person);
  }

  async send(
    method: string,
    path: string,
    options: { headers?: Record<string, string>; body?: string | Buffer } = {},
  ): Promise<Got> {
    const sent = request(`${this.url}/`, { method, path, headers: options.headers, agent: false });
    sent.end(options.body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const isJson = answer.headers['content-type']?.startsWith('application/json') ?? false;
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers as Record<string, string>,
      text,
      body: (isJson && text !== '' ? JSON.parse(text) : {}) as Record<string, unknown>,
    };
  }

  /** Sends a body as JSON, whatever it is. */
  async post(path: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Got> {
    return this.send('POST', path, { body, headers: { 'content-type': 'application/json', ...headers } });
  }

  /** Runs into the fault that nobody foresaw. */
  async provoke(): Promise<Got> {
    return this.send('PATCH', '/users/me', {
      headers: { 'x-api-key': this.person.key, 'content-type': 'application/json' },
      body: JSON.stringify({ first_name: 'Provoked' }),
    });
  }
}

/** The answer has the form of a refusal, and nothing of what is inside. */
export function expectRefusal(answer: Got, status: number, detail: string): void {
  expect([answer.status, answer.body['detail']]).toEqual([status, detail]);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(Object.keys(answer.body).filter((name) => !REFUSAL_FIELDS.includes(name))).toEqual([]);
  expect(answer.body['message']).toEqual(expect.stringMatching(/\S/));
  expect(answer.body['request_id']).toBe(answer.headers['x-request-id']);
  expect(answer.text).not.toMatch(INNARDS);
}
