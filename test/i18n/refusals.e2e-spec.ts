import { eventually } from 'test/auth/links';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface Refusal {
  detail: string;
  message: string;
}

/** Without a wish of the request the language of the account decides, wherever the request fails (contract §1.1). */
describe('a refusal in the language of who is refused', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  /** Somebody whose key the process has seen. */
  const known = async (locale: string, from = app): Promise<TestPerson> => {
    const person = await from.register({ locale });
    await person.http.get('/users/me').expect(200);
    return person;
  };

  it.each([
    ['suspended', 'account_suspended'],
    ['deletion_pending', 'account_pending_deletion'],
  ])('comes to an account that is %s', async (status, code) => {
    const person = await known('pt-BR');
    const before = status === 'suspended' ? 'active' : null;
    await app.database.query('UPDATE users SET status = $2, status_before_suspension = $3 WHERE id = $1', [
      person.id,
      status,
      before,
    ]);
    await eventually(async () => (await person.http.get('/auth/api-keys')).status === 403);
    const own = (await person.http.get('/auth/api-keys')).body as Refusal;
    const wished = (await person.http.get('/auth/api-keys').set('Accept-Language', 'pt')).body as Refusal;
    expect(own).toMatchObject({ detail: code, message: wished.message });
    const english = (await person.http.get('/auth/api-keys').set('Accept-Language', 'en')).body as Refusal;
    expect(own.message).not.toBe(english.message);
  });

  it('comes to who asks too often', async () => {
    const strict = await startTestApp({ RATE_LIMIT_FACTOR: '0.01' });
    try {
      const person = await known('es', strict);
      await eventually(async () => (await person.http.get('/users/me')).status === 429);
      const { body } = await person.http.get('/users/me');
      const wished = (await person.http.get('/users/me').set('Accept-Language', 'es')).body as Refusal;
      expect(body).toMatchObject({ detail: 'too_many_requests', message: wished.message });
    } finally {
      await strict.close();
    }
  });

  it('comes before any guard has looked at the key, without a query', async () => {
    const person = await known('es');
    const before = app.queryCount();
    const answers = [
      await person.http.get('/no/such/path'),
      await person.http.get('/users/me?api_key=x'),
      await person.http.patch('/users/me').set('Content-Type', 'application/json').send('{'),
      await person.http.patch('/users/me').set('Content-Type', 'text/plain').send('x'),
    ];
    expect(app.queryCount()).toBe(before);
    const texts = answers.map(({ body }) => body as Refusal);
    expect(texts.map(({ detail }) => detail)).toEqual([
      'not_found',
      'api_key_in_query',
      'invalid_json',
      'unsupported_media_type',
    ]);
    expect(texts.map(({ message }) => message)).toEqual([
      'No hay nada en esta dirección.',
      'La clave de API no debe figurar en la dirección. Envíela en la cabecera X-API-Key.',
      'El cuerpo de la solicitud no es un JSON válido.',
      'Este tipo de contenido no se acepta.',
    ]);
  });

  it('comes in French to who is unknown, and to a key that opens nothing', async () => {
    const stranger = await app.client('mck_nonsense').get('/no/such/path');
    const wished = await app.http.get('/no/such/path').set('Accept-Language', 'fr');
    expect((stranger.body as Refusal).message).toBe((wished.body as Refusal).message);
  });
});
