import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobWorker } from 'src/common/jobs/job-worker';
import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';
import { exercisesOf } from './machines';

/** Videos of exercises, for tests of how they come to be. */

export interface WireVideo {
  id: string;
  exercise_type_id: string;
  exercise_slug: string;
  video_url: string | null;
  status: string;
  generated_prompt: string | null;
  generated_at: string | null;
  validated_by: string | null;
  rejection_reason: string | null;
}

export interface WireVideos {
  items: WireVideo[];
  total: number;
  has_more: boolean;
}

/** As the table has it. */
export interface VideoRow {
  id: string;
  status: string;
  provider_job_id: string | null;
  file_name: string | null;
  file_size: number | null;
  rejection_reason: string | null;
  validated_by: string | null;
  let_go_at: Date | null;
  reviewed_at: Date | null;
}

/** A folder of its own for what is stored, and how it goes away. */
export async function aFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'mycoach-videos-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** An exercise that nobody else asks for. */
export async function anExercise(app: TestApp): Promise<string> {
  const [id = ''] = await exercisesOf(app, `a-test-of-videos-${randomUUID()}`);
  return id;
}

export async function asked(admin: TestPerson, exerciseId: string, body: object = {}): Promise<WireVideo> {
  return expectStatus<WireVideo>(admin.http.post(`/admin/videos/generate/${exerciseId}`).send(body), 202);
}

/** Works off what waits in the queue now. */
export async function settle(app: TestApp): Promise<void> {
  await app.nest.get(JobWorker).settle();
}

/** Lets what waits for its next run come now. */
export async function askAgain(app: TestApp): Promise<void> {
  await app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
  await settle(app);
}

/** A video that waits for a verdict. */
export async function made(app: TestApp, admin: TestPerson, exerciseId: string): Promise<WireVideo> {
  const { id } = await asked(admin, exerciseId);
  await settle(app);
  return pendingVideo(admin, id);
}

export async function pendingVideo(admin: TestPerson, id: string): Promise<WireVideo> {
  const { items } = await expectStatus<WireVideos>(admin.http.get('/admin/videos/pending?limit=100'), 200);
  const video = items.find((one) => one.id === id);
  if (!video) throw new Error(`no video ${id} is pending`);
  return video;
}

export async function published(admin: TestPerson, { id }: Pick<WireVideo, 'id'>): Promise<WireVideo> {
  return expectStatus<WireVideo>(admin.http.post(`/admin/videos/${id}/validate`), 200);
}

export async function rejected(
  admin: TestPerson,
  { id }: Pick<WireVideo, 'id'>,
  body: object = {},
): Promise<WireVideo> {
  return expectStatus<WireVideo>(admin.http.post(`/admin/videos/${id}/reject`).send(body), 200);
}

/** What everybody sees at the exercise. */
export async function shownWith(app: TestApp, exerciseId: string): Promise<string | null> {
  return (await expectStatus<{ video_url: string | null }>(app.http.get(`/exercises/${exerciseId}`), 200)).video_url;
}

export async function videoRow(app: TestApp, id: string): Promise<VideoRow> {
  const { rows } = await app.database.query<VideoRow>('SELECT * FROM exercise_videos WHERE id = $1', [id]);
  const [row] = rows;
  if (!row) throw new Error(`no video ${id}`);
  return row;
}
