import { startTestApp, TEST_PASSWORD, type TestApp } from 'test/support/test-app';

const TOKEN = /token=([A-Za-z0-9_-]{40,})/;

describe('the mails about an account', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  /** Every row of every table as text, but for the mailbox, which stands for the world outside. */
  const dump = async (): Promise<string> => {
    const { rows: tables } = await app.database.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_schema IN ('public', 'graphile_worker') AND table_type = 'BASE TABLE'
         AND table_name <> 'sandbox_messages'`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await app.database.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      texts.push(...rows.map(({ row }) => row));
    }
    return texts.join('\n');
  };
  const tokenOf = (text: string | undefined): string => TOKEN.exec(text ?? '')?.[1] ?? '';

  it('hold a link that proves the address, whose token stands in clear nowhere in the database', async () => {
    const person = await app.register({ first_name: 'Léa', locale: 'fr-FR' });
    const before = await dump();
    expect(before).toContain('send_account_mail');
    const [mail] = await app.messages({ email: person.email });
    expect(mail).toMatchObject({
      channel: 'email',
      user_id: person.id,
      to: person.email,
      subject: 'Confirmez votre adresse e-mail',
    });
    expect(mail?.body).toMatch(/^Bonjour Léa,\n\n/);
    const token = tokenOf(mail?.body);
    expect(token).not.toBe('');
    expect(before).not.toContain(token);
    expect(await dump()).not.toContain(token);
    const answer = await app.http.get(`/auth/verify-email?token=${token}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ detail: 'email_verified' });
  });

  it('hold a link that opens the way to a new password, and tell when it was changed', async () => {
    const person = await app.register({ locale: 'es-ES' });
    await app.http.post('/auth/forgot-password').send({ email: person.email }).expect(202);
    const before = await dump();
    const reset = (await app.messages({ email: person.email })).find(
      ({ subject }) => subject === 'Elija una nueva contraseña',
    );
    const token = tokenOf(reset?.body);
    expect(token).not.toBe('');
    expect(before).not.toContain(token);
    await app.http
      .post('/auth/reset-password')
      .send({ token, new_password: `${TEST_PASSWORD}-new` })
      .expect(200);
    const [changed] = await app.messages({ email: person.email });
    expect(changed?.subject).toBe('Su contraseña ha cambiado');
    const { rows } = await app.database.query<{ type: string }>('SELECT type FROM notifications WHERE user_id = $1', [
      person.id,
    ]);
    expect(rows.map(({ type }) => type)).toEqual(['password_changed']);
  });

  it('say nothing to an address that has no account', async () => {
    await app.http.post('/auth/forgot-password').send({ email: 'nobody@example.com' }).expect(202);
    expect(await app.messages({ email: 'nobody@example.com' })).toEqual([]);
  });

  it('warn of a device that was not seen before, by mail and push', async () => {
    const person = await app.register({ locale: 'pt-PT', device_name: 'Telefone' });
    const token = tokenOf((await app.messages({ email: person.email }))[0]?.body);
    await app.http.get(`/auth/verify-email?token=${token}`).expect(200);
    const login = { email: person.email, password: person.password, device_name: 'Tablet <b>' };
    await app.http.post('/auth/login').send(login).expect(200);
    const warnings = (await app.messages({ user_id: person.id })).filter(
      ({ subject, title }) => (subject ?? title) === 'Novo dispositivo na sua conta',
    );
    expect(warnings.map(({ channel }) => channel).sort()).toEqual(['email', 'push']);
    const push = warnings.find(({ channel }) => channel === 'push');
    expect(push?.data).toEqual({
      type: 'api_key_created',
      deep_link: 'mycoach://account/devices',
      device_name: 'Tablet <b>',
    });
    expect(push?.body).toContain('Tablet <b>');
    await app.http.post('/auth/login').send(login).expect(200);
    expect(
      (await app.messages({ user_id: person.id, channel: 'push' })).filter(
        ({ data }) => data?.['type'] === 'api_key_created',
      ),
    ).toHaveLength(1);
  });

  it('tell the old address that a new one was asked for, and prove the new one there', async () => {
    const person = await app.register({ locale: 'en-GB' });
    const wanted = `new-${person.email}`;
    await person.http.patch('/users/me').send({ email: wanted }).expect(200);
    const [told] = await app.messages({ email: person.email });
    expect(told?.subject).toBe('Change of your e-mail address');
    const [proof] = await app.messages({ email: wanted });
    expect(proof?.subject).toBe('Confirm your e-mail address');
    await app.http.get(`/auth/verify-email?token=${tokenOf(proof?.body)}`).expect(200);
    expect((await person.http.get('/users/me')).body).toMatchObject({ email: wanted });
  });
});
