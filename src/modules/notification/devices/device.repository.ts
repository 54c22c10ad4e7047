import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { PushDevice } from 'src/modules/notification/entities/push-device.entity';
import { MAX_DEVICES } from './device.rules';

/** Whose devices, at what moment, and the key whose devices are left out. */
export interface Reach {
  userId: string;
  sparedKeyId: string | null;
  now: Date;
}

const PUT: Statement = {
  name: 'push_device_put',
  text: `INSERT INTO push_devices (user_id, api_key_id, token, platform, registered_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT ON CONSTRAINT push_devices_token DO UPDATE
         SET user_id = $1, api_key_id = $2, platform = $4, registered_at = $5`,
};
const TRIM: Statement = {
  name: 'push_device_trim',
  text: `DELETE FROM push_devices WHERE id IN (
           SELECT id FROM push_devices WHERE user_id = $1
           ORDER BY token = $2 DESC, registered_at DESC, id OFFSET $3)`,
};
const REMOVE_OWN: Statement = {
  name: 'push_device_remove_own',
  text: 'DELETE FROM push_devices WHERE user_id = $1 AND token = $2',
};
/** A key that expired tells nobody, and one that is revoked while its device registers was told of too early. */
const RINGING = `FROM push_devices d JOIN api_keys k ON k.id = d.api_key_id
         WHERE d.user_id = $1 AND d.api_key_id IS DISTINCT FROM $2
           AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $3)`;
const IDS: Statement = {
  name: 'push_device_ids',
  text: `SELECT d.id ${RINGING} ORDER BY d.registered_at DESC, d.id LIMIT $4`,
};
const TOKEN: Statement = { name: 'push_device_token', text: `SELECT d.token ${RINGING} AND d.id = $4` };

@Injectable()
export class DeviceRepository {
  constructor(private readonly database: Database) {}

  /** A token that is known already moves. */
  async put({ userId, apiKeyId, token, platform, registeredAt }: Omit<PushDevice, 'id'>): Promise<void> {
    await this.database.execute(PUT, [userId, apiKeyId, token, platform, registeredAt]);
  }

  /** Keeps the newest devices of a person, with that of `token` among them. */
  async trim(userId: string, token: string, kept: number): Promise<void> {
    await this.database.execute(TRIM, [userId, token, kept]);
  }

  async removeOwn(userId: string, token: string): Promise<void> {
    await this.database.execute(REMOVE_OWN, [userId, token]);
  }

  async removeOfKey(apiKeyId: string): Promise<void> {
    await this.rows().delete({ apiKeyId });
  }

  async removeOfUser(userId: string): Promise<void> {
    await this.rows().delete({ userId });
  }

  /** The one that has this token, if it still has it. */
  async remove(id: string, token: string): Promise<void> {
    await this.rows().delete({ id, token });
  }

  /** Whether a person has registered any, also one that rings no more. */
  async hasAny(userId: string): Promise<boolean> {
    return this.rows().existsBy({ userId });
  }

  /** Ids of the devices that ring for a person, newest first. */
  async ringingIds({ userId, sparedKeyId, now }: Reach): Promise<string[]> {
    return this.database.values<string>(IDS, [userId, sparedKeyId, now, MAX_DEVICES]);
  }

  /** The token of one of them; null when it rings for that person no more. */
  async ringingToken(id: string, { userId, sparedKeyId, now }: Reach): Promise<string | null> {
    return this.database.value<string>(TOKEN, [userId, sparedKeyId, now, id]);
  }

  private rows() {
    return this.database.repository(PushDevice);
  }
}
