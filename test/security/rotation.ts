import { randomBytes, randomUUID } from 'node:crypto';
import { FieldCipher } from 'src/common/crypto/field-cipher';
import { type ColumnRotation, KeyRotation } from 'src/common/crypto/key-rotation.service';
import type { TestApp } from 'test/support/test-app';

/** Rings of keys, and what a rotation finds of them in a database. */
export const newKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;

/** Values by the id of their key, of every column that holds any: `table.column` → `{ k1: 3 }`. */
export async function keysInUse(app: TestApp): Promise<Map<string, Record<string, number>>> {
  const found = new Map<string, Record<string, number>>();
  for await (const { table, column, counts } of app.nest.get(KeyRotation).count())
    found.set(`${table}.${column}`, Object.fromEntries(counts));
  return found;
}

/** The whole of it. */
export async function rotated(
  app: TestApp,
  onProgress: (rows: number) => void = () => undefined,
): Promise<ColumnRotation[]> {
  const columns: ColumnRotation[] = [];
  for await (const column of app.nest.get(KeyRotation).rotate(onProgress)) columns.push(column);
  return columns;
}

/** Notifications of somebody, encrypted as `app` does it. @returns their ids */
export async function manyNotifications(app: TestApp, userId: string, count: number): Promise<string[]> {
  const cipher = app.nest.get(FieldCipher);
  const ids = Array.from({ length: count }, () => randomUUID());
  const bodies = ids.map((id) =>
    cipher.encrypt({ table: 'notifications', rowId: id, column: 'body' }, `body of ${id}`),
  );
  await app.database.query(
    `INSERT INTO notifications (id, user_id, type, fact, title, body, data, created_at)
     SELECT id, $1, 'booking_confirmed', id::text, 'Confirmed', body, '{}', now()
     FROM unnest($2::uuid[], $3::text[]) AS made (id, body)`,
    [userId, ids, bodies],
  );
  return ids;
}

/** What stands in the body of a notification, as it is stored. */
export async function storedBody(app: TestApp, id: string): Promise<string> {
  const { rows } = await app.database.query<{ body: string }>('SELECT body FROM notifications WHERE id = $1', [id]);
  return rows[0]?.body ?? '';
}
