import { Injectable, type OnModuleInit } from '@nestjs/common';
import { bestEffort } from 'src/common/jobs/best-effort';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { REVOKE_GRANT, RevocationService } from './revocation.service';

@Injectable()
export class RevocationJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly revocations: RevocationService,
  ) {}

  onModuleInit(): void {
    this.registry.register(
      REVOKE_GRANT,
      bestEffort(REVOKE_GRANT, (payload) => this.revocations.run(payload)),
    );
  }
}
