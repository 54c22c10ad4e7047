import { expectStatus } from 'test/support/coaching';
import type { Cue, Scene, Stage } from 'test/fuzz/stage';

const YEAR_MS = 31_536_000_000;

async function pendingCertification(stage: Stage): Promise<Cue> {
  const { http } = await stage.coach();
  const certified = http.post('/coaches/profile/certifications').send({ name: 'BPJEPS' });
  return { actor: 'admin', path: { id: (await expectStatus<{ id: string }>(certified, 201)).id } };
}

/** What coaches say of themselves, and when they are away. */
export const OF_COACHES: Readonly<Record<string, Scene>> = {
  'post /coaches/profile': async (stage) => {
    stage.people.enter('new coach', await stage.app.register({ role: 'coach' }));
    return { actor: 'new coach', body: { discovery_free: true } };
  },
  'delete /coaches/profile/specialties/{specialty}': async (stage) => {
    const { http } = await stage.coach();
    await http.post('/coaches/profile/specialties').send({ specialty: 'yoga' });
    return { actor: 'steady coach', path: { specialty: 'yoga' } };
  },
  'post /admin/certifications/{id}/validate': pendingCertification,
  'post /admin/certifications/{id}/reject': pendingCertification,
  'delete /coaches/time-off/{id}': async (stage) => {
    const { http } = await stage.coach();
    const [starts_at, ends_at] = [1, 2].map((years) => new Date(stage.now + years * YEAR_MS).toISOString());
    const away = http.post('/coaches/time-off').send({ starts_at, ends_at });
    return { actor: 'steady coach', path: { id: (await expectStatus<{ id: string }>(away, 201)).id } };
  },
  'get /calendar/{token}.ics': async (stage) => {
    const { http } = await stage.guest();
    const { url } = await expectStatus<{ url: string }>(http.post('/users/me/calendar-feed').send({}), 201);
    return { actor: 'nobody', path: { token: /\/calendar\/([^/]+)\.ics/.exec(url)?.[1] ?? '' } };
  },
};
