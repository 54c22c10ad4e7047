import { createHash, randomBytes } from 'node:crypto';

/** What a person has allowed an application, as a provider remembers it. */
export interface ProviderGrant {
  /** Whose data it opens: the person's id at the provider. */
  account: string;
  /** Granted, which may be less than what was asked for. */
  scopes: readonly string[];
  accessToken: string;
  refreshToken: string;
}

/** What the browser brings to the page of consent. */
export interface ConsentRequest {
  redirectUri: string;
  state: string;
  scopes: readonly string[];
  codeChallenge: string | null;
}

interface Code extends ConsentRequest {
  account: string;
  diesAt: number;
}

/** Error codes of RFC 6749 that the token endpoint refuses with. */
export type GrantError = 'invalid_client' | 'invalid_grant' | 'invalid_request' | 'unsupported_grant_type';

const secret = (prefix: string): string => `${prefix}_${randomBytes(24).toString('base64url')}`;

/** Codes and tokens of a local provider: as strict as the real ones, and switchable where those differ. */
export class ProviderGrants {
  /** A refresh gives a new refresh token, and the former one is worth nothing from then on. */
  rotates = true;
  /** Codes live that long, in real time. */
  codeLifeMs = 30_000;
  /** Every token that was ever given out, in order: none of them may be seen anywhere. */
  readonly secrets: string[] = [];
  private readonly codes = new Map<string, Code>();
  private readonly grants = new Set<ProviderGrant>();

  /** The code that an allowed request is sent back with. */
  allow(request: ConsentRequest, account: string): string {
    const code = this.kept(secret('code'));
    this.codes.set(code, { ...request, account, diesAt: performance.now() + this.codeLifeMs });
    return code;
  }

  /** Single use, short-lived, for its own redirect URI, and with the verifier of its challenge. */
  exchange(form: URLSearchParams): ProviderGrant | GrantError {
    const code = this.codes.get(form.get('code') ?? '');
    this.codes.delete(form.get('code') ?? '');
    if (!code || code.diesAt <= performance.now()) return 'invalid_grant';
    if (form.get('redirect_uri') !== null && form.get('redirect_uri') !== code.redirectUri) return 'invalid_grant';
    const verifier = form.get('code_verifier');
    const challenge = verifier && createHash('sha256').update(verifier).digest('base64url');
    if (challenge !== code.codeChallenge) return 'invalid_grant';
    return this.grant(code.account, code.scopes);
  }

  /** A grant that nobody went through the page for. */
  grant(account: string, scopes: readonly string[]): ProviderGrant {
    const accessToken = this.kept(secret('access'));
    const grant = { account, scopes, accessToken, refreshToken: this.kept(secret('refresh')) };
    this.grants.add(grant);
    return grant;
  }

  refresh(refreshToken: string | null): ProviderGrant | GrantError {
    const grant = [...this.grants].find((one) => one.refreshToken === refreshToken);
    if (!grant) return 'invalid_grant';
    grant.accessToken = this.kept(secret('access'));
    if (this.rotates) grant.refreshToken = this.kept(secret('refresh'));
    return { ...grant };
  }

  /** The grant that a bearer opens; null = none. */
  opened(accessToken: string | null): ProviderGrant | null {
    return [...this.grants].find((grant) => grant.accessToken === accessToken) ?? null;
  }

  /** By either of its tokens. @returns whether there was one */
  revoke(token: string | null): boolean {
    const found = [...this.grants].filter(({ accessToken, refreshToken }) =>
      [accessToken, refreshToken].includes(token ?? ''),
    );
    for (const grant of found) this.grants.delete(grant);
    return found.length > 0;
  }

  /** The person takes everything back at the provider itself. */
  revokeAccount(account: string): void {
    for (const grant of this.grants) if (grant.account === account) this.grants.delete(grant);
  }

  /** Every access token has expired; refresh tokens are good. */
  expireAccess(): void {
    for (const grant of this.grants) grant.accessToken = secret('expired');
  }

  /** What it stands for now, of one account. */
  of(account: string): ProviderGrant[] {
    return [...this.grants].filter((grant) => grant.account === account);
  }

  forget(): void {
    this.rotates = true;
    this.codeLifeMs = 30_000;
    this.secrets.length = 0;
    this.codes.clear();
    this.grants.clear();
  }

  private kept(token: string): string {
    this.secrets.push(token);
    return token;
  }
}
