import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { ProviderName } from 'src/modules/integration/provider.types';
import { answerJson, isBelow, misbehave, type ProviderFault, ProviderFaults } from './provider-faults';
import { type GrantError, type ProviderGrant, ProviderGrants } from './provider-grants';
import { consentPage, decidedOn, type Decision, decideOn, scopesOf } from './provider-page';

/** A request as it arrived. */
export interface ProviderRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
  /** The body of a form; empty for others. */
  form: URLSearchParams;
}

/**
 * A provider on this machine, over a real socket: a page of consent, a token endpoint that is as strict as the real ones,
 * and an API behind bearers. A subclass says its addresses, how it words grants and refusals, and serves its API.
 */
export abstract class ProviderServer {
  abstract readonly provider: ProviderName;
  /** Where it serves what; `revoke` null = it does not by RFC 7009, and the subclass serves its own way in `serveApi`. */
  protected abstract readonly paths: { authorize: string; token: string; revoke: string | null };
  /** What an application is told to come here. */
  abstract get variables(): Record<string, string>;

  readonly clientId = 'an-application';
  readonly clientSecret = 'the-secret-of-the-application';
  readonly grants = new ProviderGrants();
  /** All that came, in order, whatever became of them. */
  readonly requests: ProviderRequest[] = [];
  /** Who signs in on the page of consent unless told otherwise. */
  defaultAccount = '4711';
  protected scopeSeparator = ' ';
  protected accessLifeSeconds = 3_600;
  private readonly faults = new ProviderFaults();
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  /** @param port 0 = any that is free */
  async start(port = 0): Promise<this> {
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get tokenPath(): string {
    return this.paths.token;
  }

  get revokePath(): string | null {
    return this.paths.revoke;
  }

  /** The next `times` requests to a path (or below it) go wrong; `Infinity` = until `mend`. See `keyOf`. */
  fail(path: string, fault: ProviderFault, times = 1): void {
    this.faults.add(path, fault, times);
  }

  mend(): void {
    this.faults.clear();
  }

  /** As on the first day; a subclass forgets its own data too. */
  forget(): void {
    this.mend();
    this.requests.length = 0;
    this.grants.forget();
  }

  /** Those to a path or below it. */
  requestsTo(path: string): ProviderRequest[] {
    return this.requests.filter((request) => isBelow(this.keyOf(request), path));
  }

  /** What a person does with the page of consent; answers where his browser is sent then. */
  async decide(authorizeUrl: string, decision: Partial<Decision> = {}): Promise<URL> {
    return decideOn(authorizeUrl, { account: this.defaultAccount, ...decision });
  }

  /** Serves what stands behind a bearer. The grant is that of the token which came with the request. */
  protected abstract serveApi(request: ProviderRequest, response: ServerResponse, grant: ProviderGrant): void;

  /** What a request is counted and failed under: its path. Where one path does several things, path and action. */
  protected keyOf(request: ProviderRequest): string {
    return request.path;
  }

  /** Serves what needs no bearer and is not OAuth. @returns whether it did */
  protected serveOpen(_request: ProviderRequest, _response: ServerResponse): boolean {
    return false;
  }

  /** What is sent back with the code, besides `code` and `state`. */
  protected redirectExtras(_granted: readonly string[]): Record<string, string> {
    return {};
  }

  /** A grant in the words of the provider. */
  protected grantBody(grant: ProviderGrant): Record<string, unknown> {
    return {
      token_type: 'Bearer',
      access_token: grant.accessToken,
      refresh_token: grant.refreshToken,
      expires_in: this.accessLifeSeconds,
      scope: grant.scopes.join(this.scopeSeparator),
    };
  }

  protected sendGrant(response: ServerResponse, grant: ProviderGrant, _grantType: string): void {
    answerJson(response, 200, this.grantBody(grant));
  }

  protected sendGrantError(response: ServerResponse, error: GrantError): void {
    answerJson(response, error === 'invalid_client' ? 401 : 400, { error, error_description: 'Bad Request' });
  }

  /** The bearer opens nothing. */
  protected sendUnauthorized(response: ServerResponse): void {
    answerJson(response, 401, { message: 'Authorization Error' });
  }

  /** Serves a request as if nothing had gone wrong. */
  protected serveRightly(request: ProviderRequest, response: ServerResponse): void {
    const { path, method, form } = request;
    const { authorize, token, revoke } = this.paths;
    if (path === authorize && method === 'GET') this.showConsent(request, response);
    else if (path === `${authorize}/decision` && method === 'POST') this.takeDecision(form, response);
    else if (path === token && this.isTokenRequest(request)) this.serveToken(form, response);
    else if (path === revoke && method === 'POST') this.serveRevocation(request, response);
    else if (!this.serveOpen(request, response)) this.serveBehindBearer(request, response);
  }

  /** Whether a request to the path of the token endpoint is one for tokens. */
  protected isTokenRequest({ method }: ProviderRequest): boolean {
    return method === 'POST';
  }

  protected serveRevocation({ form, query }: ProviderRequest, response: ServerResponse): void {
    const isKnown = this.grants.revoke(form.get('token') ?? query.get('token'));
    if (isKnown) answerJson(response, 200, {});
    else answerJson(response, 400, { error: 'invalid_token' });
  }

  protected bearerOf({ headers }: ProviderRequest): string | null {
    return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? null;
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of incoming) body += String(chunk);
    const { pathname: path, searchParams: query } = new URL(incoming.url ?? '', this.url);
    const isForm = incoming.headers['content-type']?.includes('x-www-form-urlencoded') ?? false;
    const form = new URLSearchParams(isForm ? body : '');
    const request: ProviderRequest = {
      method: incoming.method ?? '',
      path,
      query,
      headers: incoming.headers,
      body,
      form,
    };
    this.requests.push(request);
    const fault = this.faults.take(this.keyOf(request));
    if (fault === null) this.serveRightly(request, response);
    else if (fault === 'accept and drop') {
      // What is answered goes nowhere, and what is done stays done.
      response.end = (): ServerResponse => response;
      this.serveRightly(request, response);
      incoming.socket.resetAndDestroy();
    } else if (typeof fault === 'object' && 'delayMs' in fault)
      setTimeout(() => this.serveRightly(request, response), fault.delayMs);
    else misbehave(fault, response, `${this.url}/elsewhere`);
  }

  private showConsent({ query }: ProviderRequest, response: ServerResponse): void {
    const isKnown = query.get('client_id') === this.clientId && query.get('response_type') === 'code';
    const method = query.get('code_challenge_method');
    if (!isKnown || !URL.canParse(query.get('redirect_uri') ?? '') || (method !== null && method !== 'S256')) {
      response.writeHead(400, { 'Content-Type': 'text/plain' }).end('This request to connect is not valid.');
      return;
    }
    const action = `${this.paths.authorize}/decision`;
    const page = consentPage(this.provider, action, query, scopesOf(query), this.defaultAccount);
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
  }

  private takeDecision(form: URLSearchParams, response: ServerResponse): void {
    const { isAllowed, ...request } = decidedOn(form);
    const back = new URL(request.redirectUri);
    back.searchParams.set('state', request.state);
    if (isAllowed) {
      back.searchParams.set('code', this.grants.allow(request, form.get('account') ?? this.defaultAccount));
      for (const [name, value] of Object.entries(this.redirectExtras(request.scopes)))
        back.searchParams.set(name, value);
    } else back.searchParams.set('error', 'access_denied');
    response.writeHead(302, { Location: back.toString() }).end();
  }

  private serveToken(form: URLSearchParams, response: ServerResponse): void {
    const grantType = form.get('grant_type') ?? '';
    const isApplication = form.get('client_id') === this.clientId && form.get('client_secret') === this.clientSecret;
    const outcome = !isApplication
      ? 'invalid_client'
      : grantType === 'authorization_code'
        ? this.grants.exchange(form)
        : grantType === 'refresh_token'
          ? this.grants.refresh(form.get('refresh_token'))
          : 'unsupported_grant_type';
    if (typeof outcome === 'string') this.sendGrantError(response, outcome);
    else this.sendGrant(response, outcome, grantType);
  }

  private serveBehindBearer(request: ProviderRequest, response: ServerResponse): void {
    const grant = this.grants.opened(this.bearerOf(request));
    if (grant) this.serveApi(request, response, grant);
    else this.sendUnauthorized(response);
  }
}
