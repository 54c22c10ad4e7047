import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { ListingService, RENEW_LISTINGS } from './listing.service';

/** Renews listings when there are more of them than a search does by itself. */
@Injectable()
export class ListingJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly listings: ListingService,
  ) {}

  onModuleInit(): void {
    this.registry.register(RENEW_LISTINGS, () => this.listings.renewAll());
  }
}
