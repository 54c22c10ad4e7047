import { Injectable } from '@nestjs/common';
import type { OAuthVendor, ProviderName } from 'src/modules/integration/provider.types';

/**
 * The providers that somebody speaks to. The adapter of each registers itself when it starts:
 * `onModuleInit() { this.vendors.register(this) }`, in a module that imports `ConnectionModule`.
 */
@Injectable()
export class OAuthVendors {
  private readonly vendors = new Map<ProviderName, OAuthVendor>();

  register(vendor: OAuthVendor): void {
    if (this.vendors.has(vendor.provider)) throw new Error(`Two adapters speak to "${vendor.provider}"`);
    this.vendors.set(vendor.provider, vendor);
  }

  /** The adapter of a provider that has credentials; null where it has none, or nobody speaks to it. */
  configured(provider: ProviderName): OAuthVendor | null {
    const vendor = this.vendors.get(provider);
    return vendor?.isConfigured ? vendor : null;
  }
}
