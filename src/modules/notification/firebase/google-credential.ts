import type { Credential, GoogleOAuthAccessToken } from 'firebase-admin/app';
import type { JWT } from 'google-auth-library';
import { SystemClock } from 'src/common/clock/clock';
import type { FirebaseAgent } from './firebase-agent';

const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';

/** What of a service account is needed to speak for it. */
export interface ServiceAccount {
  project_id: string;
  client_email: string;
  private_key: string;
}

/**
 * Fetches access tokens for a service account. The SDK's own credential would ask for rights over the whole project, and
 * on connections of its own, whatever agent it is given.
 */
export class GoogleCredential implements Credential {
  private readonly realTime = new SystemClock();
  private client: Promise<JWT> | null = null;

  constructor(
    private readonly account: ServiceAccount,
    private readonly agent: FirebaseAgent,
  ) {}

  /** Called by the SDK when it has none, or the one it has is about to end. */
  async getAccessToken(): Promise<GoogleOAuthAccessToken> {
    this.client ??= this.makeClient();
    const { access_token, expiry_date } = await (await this.client).authorize();
    if (!access_token || !expiry_date) throw new Error('The answer holds no access token');
    return { access_token, expires_in: Math.floor((expiry_date - this.realTime.nowMs()) / 1_000) };
  }

  private async makeClient(): Promise<JWT> {
    const { JWT: Client } = await import('google-auth-library');
    const { client_email: email, private_key: key } = this.account;
    const client = new Client({ email, key, scopes: [SCOPE], transporterOptions: { agent: this.agent } });
    // The library would ask three times more, and every push that needs a token would wait for that.
    client.transporter.interceptors.request.add({
      resolved: (request) => Promise.resolve(Object.assign(request, { retryConfig: { retry: 0 } })),
    });
    return client;
  }
}
