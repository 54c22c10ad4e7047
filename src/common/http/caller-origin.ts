import { Injectable } from '@nestjs/common';
import { ClsServiceManager } from 'nestjs-cls';
import { keyedHash } from 'src/common/crypto/keyed-hash';
import { AppConfig } from 'src/config/app-config';

/** From where a request came, in a form that can be compared with a claim and read back by nobody. */
export interface Origin {
  /** 64 hex characters; null outside requests. */
  ipHash: string | null;
  userAgentHash: string | null;
}

/** What the middleware of every request leaves in the context. */
interface AsksNow {
  ip?: string;
  headers: { 'user-agent'?: string };
}

/** Tells where the running request comes from, as keyed hashes: the address and the program themselves stay where they are. */
@Injectable()
export class CallerOrigin {
  constructor(private readonly config: AppConfig) {}

  current(): Origin {
    const cls = ClsServiceManager.getClsService();
    const request = cls.isActive() ? cls.get<AsksNow | undefined>('request') : undefined;
    return {
      ipHash: this.hash('origin ip', request?.ip),
      userAgentHash: this.hash('origin user agent', request?.headers['user-agent']),
    };
  }

  private hash(what: string, value: string | undefined): string | null {
    return value ? keyedHash(this.config.secrets.signingSecret, `${what} ${value}`) : null;
  }
}
