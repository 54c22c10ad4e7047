import type { ProviderName } from 'src/modules/integration/provider.types';
import type { ProviderServer } from 'test/support/provider-server';
import type { TestApp } from 'test/support/test-app';

/**
 * A provider, as the suite that all of them go through wants it (`test/integration/provider-contract.ts`). Each has a
 * file beside this one that exports one: `export const STRAVA_VENDOR: Vendor = { … }`, and is named in `vendors.ts`.
 */
export interface Vendor {
  provider: ProviderName;
  /** The word of its routes: `/integrations/{route}`, `/integrations/{route}/callback`. */
  route: 'strava' | 'calendar' | 'scale';
  /** Started anew for each suite; `start()` listens. Its `variables` configure an application. */
  server: () => ProviderServer;
  /** Granted, and one of those that have to be: without it nobody is connected. */
  requiredScope: string;
  knowsPkce: boolean;
  /** The path (or key) at the server that `call` asks, for faults. */
  apiPath: string;
  /**
   * One authorised call that the caller may repeat, with an adapter of the application and its own `withAccess`: resolves
   * when the provider answered as expected. Rejects with what the adapter threw.
   */
  call: (app: TestApp, userId: string) => Promise<void>;
}
