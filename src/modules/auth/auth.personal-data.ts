import { Injectable } from '@nestjs/common';
import { DELETED_PERSON } from 'src/common/i18n/deleted-person';
import {
  type DataSubject,
  type ErasureStep,
  type ExportSection,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { PersonalRows, personalRows } from 'src/common/personal-data/personal-rows';
import { Database, type Statement } from 'src/common/transaction/database';
import { UserRepository } from './accounts/user.repository';
import { PhotoService } from './avatars/photo.service';
import { photoNameOf } from './avatars/picture.rules';
import type { User } from './entities/user.entity';
import { CodeSendingRepository } from './phone/code-sending.repository';
import { LoginFailureRepository } from './sign-in/login-failure.repository';

const USER = [
  ...['id', 'email', 'pending_email', 'email_verified_at', 'first_name', 'last_name', 'role', 'status', 'phone'],
  ...['phone_verified_at', 'gender', 'birth_year', 'photo_url', 'locale', 'timezone', 'country', 'google_sub'],
  ...['profile_completion_pct', 'created_at', 'updated_at'],
] as const;
const DEVICE = [
  ...['id', 'device_name', 'key_prefix', 'created_at', 'last_used_at', 'expires_at', 'revoked_at'],
] as const;

const ACCOUNT = personalRows(
  'user',
  `SELECT created_at AS row_at, id::text AS row_key, ${USER.join(', ')} FROM users WHERE id = $1`,
);
const DEVICES = personalRows(
  'devices',
  `SELECT created_at AS row_at, id::text AS row_key, ${DEVICE.join(', ')} FROM api_keys WHERE user_id = $1`,
);
const ERASURES: readonly Statement[] = [
  { name: 'api_keys_erase', text: 'DELETE FROM api_keys WHERE user_id = $1' },
  { name: 'account_tokens_erase', text: 'DELETE FROM account_tokens WHERE user_id = $1' },
  { name: 'phone_codes_erase', text: 'DELETE FROM phone_codes WHERE user_id = $1' },
];

const COUNTED = 'a keyed hash and counters, which name nobody';
const SECRET = 'key: what it opens stands in the export itself';
const HOW = 'how it is kept';
const MODERATION = 'what moderators wrote, to keep misuse away';

/** The account itself: who somebody is, with which devices he comes, how he is reached. */
@Injectable()
export class AuthPersonalData extends PersonalDataPart {
  readonly name = 'auth';

  readonly tables: readonly PersonalTable[] = [
    {
      table: 'users',
      exported: USER,
      withheld: {
        password_hash: SECRET,
        role_locked: HOW,
        status_before_suspension: MODERATION,
        suspension_reason: MODERATION,
      },
    },
    { table: 'api_keys', exported: DEVICE, withheld: { user_id: 'the person himself', key_hash: SECRET } },
    {
      table: 'account_tokens',
      exported: [],
      withheld: {
        ...{ id: HOW, user_id: 'the person himself', purpose: HOW, created_at: HOW, expires_at: HOW },
        ...{ email: 'repeats the account', token_hash: SECRET },
      },
    },
    {
      table: 'login_failures',
      exported: [],
      withheld: {
        ...{ account_hash: COUNTED, failures: COUNTED, failures_in_a_row: COUNTED, locked_until: COUNTED },
        ...{ updated_at: COUNTED },
      },
    },
    {
      table: 'phone_codes',
      exported: [],
      withheld: {
        ...{ user_id: 'the person himself', id: HOW, phone: 'repeats the account', code_hash: SECRET, tries: HOW },
        ...{ created_at: HOW, expires_at: HOW, first_tried_at: HOW },
      },
    },
    {
      table: 'phone_code_sendings',
      exported: [],
      withheld: { subject_hash: COUNTED, sent_at: COUNTED, last_sent_at: COUNTED },
    },
    {
      table: 'stray_photos',
      exported: [],
      withheld: { name: 'a picture that nobody shows, on its way out', since: HOW },
    },
  ];
  override readonly sections: readonly ExportSection[] = [
    {
      name: 'user',
      isSingle: true,
      fields: USER,
      rows: (person) => this.rows.read(person, { statement: ACCOUNT }),
    },
    {
      name: 'devices',
      isSingle: false,
      fields: DEVICE,
      rows: (person) => this.rows.read(person, { statement: DEVICES }),
    },
  ];

  constructor(
    private readonly rows: PersonalRows,
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly failures: LoginFailureRepository,
    private readonly sendings: CodeSendingRepository,
    private readonly photos: PhotoService,
  ) {
    super();
  }

  /** The row stays, as the nobody that bookings and payments of others hang on. */
  async erase({ userId }: DataSubject, at: Date): Promise<ErasureStep> {
    const user = await this.users.lock(userId);
    if (!user || user.status === 'deleted') return 'done';
    for (const statement of ERASURES) await this.database.execute(statement, [userId]);
    await this.forgetCounters(user);
    const photo = photoNameOf(user.photoUrl);
    if (photo) await this.photos.discard(photo);
    await this.users.update(userId, nobody(userId, at));
    return 'done';
  }

  private async forgetCounters({ id, email, pendingEmail, phone }: User): Promise<void> {
    for (const address of [email, pendingEmail]) if (address) await this.failures.clear(address);
    await this.sendings.forget({ userId: id });
    if (phone) await this.sendings.forget({ phone });
  }
}

/** Language and zone stay: the days of what is kept are days of that zone. */
function nobody(userId: string, at: Date): Partial<User> {
  return {
    ...DELETED_PERSON,
    email: `deleted-${userId}@deleted.invalid`,
    pendingEmail: null,
    emailVerifiedAt: null,
    status: 'deleted',
    statusBeforeSuspension: null,
    suspensionReason: null,
    phone: null,
    phoneVerifiedAt: null,
    gender: null,
    birthYear: null,
    photoUrl: null,
    googleSub: null,
    passwordHash: null,
    profileCompletionPct: 0,
    updatedAt: at,
  };
}
