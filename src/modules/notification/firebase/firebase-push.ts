import { randomUUID } from 'node:crypto';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { App } from 'firebase-admin/app';
import type { Messaging } from 'firebase-admin/messaging';
import type { Clock } from 'src/common/clock/clock';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { type Push, type PushOutcome, PushSender } from 'src/common/outbound/outbound';
import { verdictOn } from './fcm-answer.rules';
import type { FirebaseAgent } from './firebase-agent';
import { FirebaseTrouble } from './firebase-exchange';
import { messageOf } from './firebase-message.rules';
import { GoogleCredential, type ServiceAccount } from './google-credential';

/** What the SDK finds wrong with a message before it sends it. */
const BAD_MESSAGE = new Set(['messaging/invalid-payload', 'messaging/invalid-argument']);

/** Hands pushes over to Firebase Cloud Messaging. */
export class FirebasePush extends PushSender implements OnApplicationShutdown {
  /** The SDK takes a while to load, and a process that works off no jobs never needs it. */
  private firebase: Promise<{ app: App; messaging: Messaging }> | null = null;

  /** @param serviceAccount as Google gives it out, in JSON */
  constructor(
    private readonly serviceAccount: string,
    private readonly agent: FirebaseAgent,
    private readonly clock: Clock,
  ) {
    super();
  }

  async onApplicationShutdown(): Promise<void> {
    const firebase = await this.firebase;
    if (firebase) await (await import('firebase-admin/app')).deleteApp(firebase.app);
    this.agent.destroy();
  }

  /** @throws DeliveryFailure without a cause, for what Google answers may quote the token */
  async send(push: Push): Promise<PushOutcome> {
    this.firebase ??= this.start();
    const { messaging } = await this.firebase;
    const message = messageOf(push, this.clock.now());
    try {
      const name: unknown = await this.agent.carry(async () => messaging.send(message));
      if (typeof name === 'string') return 'sent';
    } catch (error) {
      return outcomeOf(error);
    }
    throw new DeliveryFailure('fcm unreadable', false);
  }

  private async start(): Promise<{ app: App; messaging: Messaging }> {
    const [{ initializeApp }, { getMessaging }] = await Promise.all([
      import('firebase-admin/app'),
      import('firebase-admin/messaging'),
    ]);
    const account = JSON.parse(this.serviceAccount) as ServiceAccount;
    const options = {
      credential: new GoogleCredential(account, this.agent),
      projectId: account.project_id,
      httpAgent: this.agent,
    };
    // With a name of its own: the nameless one belongs to the whole process.
    const app = initializeApp(options, randomUUID());
    return { app, messaging: getMessaging(app) };
  }
}

/** Some failures say that the device is gone; the others are thrown. */
function outcomeOf(error: unknown): PushOutcome {
  if (error instanceof FirebaseTrouble) {
    if (!error.answer) throw new DeliveryFailure(`fcm ${error.reason}`, false);
    const verdict = verdictOn(error.answer);
    if (verdict === 'unregistered') return verdict;
    throw new DeliveryFailure(verdict.code, verdict.isFinal, verdict.retryAfterMs, verdict.blamesProvider);
  }
  const { code } = error as { code?: unknown };
  const name = typeof code === 'string' ? code : 'unreadable';
  throw new DeliveryFailure(`fcm ${name}`, BAD_MESSAGE.has(name));
}
