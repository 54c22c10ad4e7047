import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role, USER_STATUSES, type UserStatus } from 'src/common/auth/principal';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import { type Gender, GENDERS, type User } from './entities/user.entity';
import type { AccountView, PublicUser } from './user.types';

function resolvedPhoto({ photoUrl, gender }: Pick<User, 'photoUrl' | 'gender'>): string {
  const figure = gender === 'male' || gender === 'female' ? gender : 'neutral';
  return photoUrl ?? `/static/avatars/default_${figure}.svg`;
}

/** An account, seen by its owner and by admins. */
export class UserResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'email' })
  email: string;
  @ApiProperty({ type: String, format: 'email', nullable: true, description: 'A new address that waits for its link' })
  pending_email: string | null;
  email_verified: boolean;
  first_name: string;
  last_name: string;
  /** First and last name. */
  name: string;
  @ApiProperty({ enum: ROLES })
  role: Role;
  @ApiProperty({ enum: USER_STATUSES })
  status: UserStatus;
  @ApiProperty({ type: String, nullable: true, description: 'E.164' })
  phone: string | null;
  phone_verified: boolean;
  @ApiProperty({ enum: GENDERS, nullable: true })
  gender: Gender | null;
  @ApiProperty({ type: 'integer', nullable: true })
  birth_year: number | null;
  @ApiProperty({ type: String, nullable: true })
  photo_url: string | null;
  /** The picture, or a silhouette. */
  resolved_photo_url: string;
  /** BCP 47. */
  locale: string;
  /** IANA name. */
  timezone: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100 })
  profile_completion_pct: number;
  @ApiInstant()
  created_at: string;
  @ApiInstant()
  updated_at: string;

  static from(user: AccountView): UserResponse {
    return {
      id: user.id,
      email: user.email,
      pending_email: user.pendingEmail,
      email_verified: user.emailVerifiedAt !== null,
      first_name: user.firstName,
      last_name: user.lastName,
      name: `${user.firstName} ${user.lastName}`,
      role: user.role,
      status: user.status,
      phone: user.phone,
      phone_verified: user.phoneVerifiedAt !== null,
      gender: user.gender,
      birth_year: user.birthYear,
      photo_url: user.photoUrl,
      resolved_photo_url: resolvedPhoto(user),
      locale: user.locale,
      timezone: user.timezone,
      country: user.country,
      profile_completion_pct: user.profileCompletionPct,
      created_at: wireInstant(user.createdAt),
      updated_at: wireInstant(user.updatedAt),
    };
  }
}

export class UserPage extends PageResponse(UserResponse) {}

/** A person, seen by others. */
export class PublicUserResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  first_name: string;
  last_name: string;
  name: string;
  resolved_photo_url: string;
  @ApiProperty({ enum: ROLES })
  role: Role;

  static from(user: PublicUser): PublicUserResponse {
    return {
      id: user.id,
      first_name: user.firstName,
      last_name: user.lastName,
      name: `${user.firstName} ${user.lastName}`,
      resolved_photo_url: resolvedPhoto(user),
      role: user.role,
    };
  }
}
