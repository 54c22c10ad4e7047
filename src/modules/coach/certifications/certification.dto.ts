import { given, writtenOrNull } from 'src/common/http/changes';
import { HttpsUrl } from 'src/common/http/domain-fields';
import { Nullable, Optional, Text, Whole } from 'src/common/http/fields';

export class CreateCertificationDto {
  @Text({ min: 2, max: 150 })
  name: string;

  @Nullable()
  @Text({ max: 150 })
  organization?: string | null;

  @Nullable()
  @Whole(1950, 2100)
  year?: number | null;

  /** Where the document can be seen. */
  @Nullable()
  @HttpsUrl(500)
  document_url?: string | null;
}

export class UpdateCertificationDto {
  @Optional()
  @Text({ min: 2, max: 150 })
  name?: string;

  @Nullable()
  @Text({ max: 150 })
  organization?: string | null;

  @Nullable()
  @Whole(1950, 2100)
  year?: number | null;

  /** Where the document can be seen. */
  @Nullable()
  @HttpsUrl(500)
  document_url?: string | null;
}

export class RejectCertificationDto {
  /** Told to the coach. */
  @Nullable()
  @Text({ max: 500, multiline: true })
  reason?: string | null;
}

/** What a coach says of a certification. */
export interface CertificationClaim {
  name: string;
  organization: string | null;
  year: number | null;
  documentUrl: string | null;
}

/** What a request says of it. */
export function claimIn(dto: UpdateCertificationDto): Partial<CertificationClaim> {
  return given<CertificationClaim>({
    name: dto.name,
    organization: writtenOrNull(dto.organization),
    year: dto.year,
    documentUrl: dto.document_url,
  });
}

export function reasonIn({ reason }: RejectCertificationDto): string | null {
  return writtenOrNull(reason) ?? null;
}
