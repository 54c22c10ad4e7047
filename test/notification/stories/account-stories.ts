import { bond } from 'test/booking/dealings';
import { expectStatus } from 'test/support/coaching';
import { TEST_PASSWORD } from 'test/support/test-app';
import { anAdmin } from 'test/performance/machines';
import { type Message, NOW, type Stage, type Story, toClient } from './stage';

const REASON = 'Illisible';
const TITLE = 'BPJEPS AF';

async function certification(stage: Stage, act: 'validate' | 'reject', body: object = {}): Promise<string> {
  const admin = await anAdmin(stage.app);
  const path = '/coaches/profile/certifications';
  const { id } = await stage.post(stage.coach, path, { name: TITLE }, 201);
  await stage.begin();
  await stage.post(admin, `/admin/certifications/${id}/${act}`, body);
  return id;
}

async function relation(stage: Stage, status: string): Promise<void> {
  const path = `/coaches/clients/${stage.client.id}/relation`;
  await expectStatus(stage.coach.http.put(path).send({ status }), 200);
}

const relationStory = (title: string, type: string, former: 'active' | 'paused', status: string): Story => [
  title,
  async (stage): Promise<Message[]> => {
    await bond(stage.app, stage.coach, stage.client, former);
    await stage.begin();
    await relation(stage, status);
    return [{ to: 'client', type, values: toClient, data: { coach_id: stage.coach.id } }];
  },
];

export const ACCOUNT_STORIES: readonly Story[] = [
  relationStory('the coach pauses the coaching', 'relation_paused', 'active', 'paused'),
  relationStory('the coach resumes the coaching', 'relation_resumed', 'paused', 'active'),
  relationStory('the coach ends the coaching', 'relation_ended', 'active', 'ended'),
  [
    'a certification is verified',
    async (stage): Promise<Message[]> => {
      const certification_id = await certification(stage, 'validate');
      return [{ to: 'coach', type: 'certification_verified', values: { title: TITLE }, data: { certification_id } }];
    },
  ],
  ...[undefined, REASON].map((reason): Story => [
    `a certification is refused ${reason ? 'with a reason' : 'without one'}`,
    async (stage): Promise<Message[]> => {
      const certification_id = await certification(stage, 'reject', { reason });
      const values = { title: TITLE, ...(reason && { reason }) };
      const variant = reason && 'with_reason';
      return [{ to: 'coach', type: 'certification_rejected', variant, values, data: { certification_id } }];
    },
  ]),
  [
    'somebody signs in on a new device',
    async (stage): Promise<Message[]> => {
      await stage.signUp();
      await stage.begin();
      const { email, password } = stage.client;
      await stage.post(stage.client, '/auth/login', { email, password, device_name: 'Tablet <b>' });
      const values = { device: 'Tablet <b>', time: { at: NOW } };
      return [{ to: 'client', type: 'api_key_created', values, data: { device_name: 'Tablet <b>' } }];
    },
  ],
  [
    'somebody changes the password',
    async (stage): Promise<Message[]> => {
      await stage.signUp();
      await stage.begin();
      const passwords = { current_password: stage.client.password, new_password: `${TEST_PASSWORD}-new` };
      await expectStatus(stage.client.http.post('/auth/change-password').send(passwords), 204);
      return [{ to: 'client', type: 'password_changed', values: { time: { at: NOW } }, data: {} }];
    },
  ],
];
