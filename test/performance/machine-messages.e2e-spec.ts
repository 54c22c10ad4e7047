import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { anAdmin, rejected, submitted, toldTo, validated } from './machines';

let app: TestApp;
let admin: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  admin = await anAdmin(app);
});
afterAll(() => app.close());

describe('the contributor of a machine', () => {
  it.each([
    ['en-GB', 'Everybody can now find the machine you described: Matrix Ultra.', 'We could not accept', 'Leg press'],
    ['fr-FR', 'Tout le monde peut maintenant trouver la machine', 'pas pu retenir', 'Presse à cuisses'],
    ['es-ES', 'Todo el mundo puede encontrar ya la máquina', 'No hemos podido aceptar', 'Prensa de piernas'],
    ['pt-PT', 'Todos podem agora encontrar a máquina', 'Não pudemos aceitar', 'Prensa de pernas'],
  ])('is told what became of it, in the own language: %s', async (locale, accepted, refused, kind) => {
    const contributor = await app.register({ locale });
    const good = await submitted(contributor, { brand: 'Matrix', model: 'Ultra' });
    await validated(admin, good);
    await app.advance(1);
    const bad = await submitted(contributor);
    await rejected(admin, bad, { reason: 'Doublon' });
    await app.advance(1);
    const unexplained = await submitted(contributor);
    await rejected(admin, unexplained);
    const [yes, no, why] = await toldTo(contributor);
    expect(yes?.body).toContain(accepted);
    expect(yes?.body).toContain('Matrix Ultra');
    expect(yes?.data).toEqual({
      type: 'machine_validated',
      machine_id: good.id,
      deep_link: 'mycoach://notifications',
    });
    expect(no?.body).toContain(refused);
    expect(no?.body).toContain(kind);
    expect(no?.body).toContain('Doublon');
    expect(no?.data).toMatchObject({ type: 'machine_rejected', machine_id: bad.id });
    expect(why?.body).toContain(kind);
    expect(why?.body).not.toContain('Doublon');
  });

  it('may be gone: the machine is judged all the same', async () => {
    const person = await app.register();
    const [first, second] = [await submitted(person), await submitted(person)];
    await app.database.query('UPDATE machines SET submitted_by = NULL WHERE submitted_by = $1', [person.id]);
    expect(await validated(admin, first)).toMatchObject({ submitted_by: null });
    expect(await rejected(admin, second)).toMatchObject({ submitted_by: null });
  });
});
