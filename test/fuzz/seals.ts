import { Clock } from 'src/common/clock/clock';
import { signatureOf } from 'src/common/webhooks/signed-event.rules';
import type { TestApp } from 'test/support/test-app';
import { twilioSignature } from 'test/support/twilio-server';
import { VIDEO_SECRET } from 'test/support/video-server';

/** What is sent, as its signer sees it. */
interface Letter {
  /** Path and query. */
  target: string;
  body: unknown;
  /** The same, as its bytes say it. */
  text: string;
}

function byTwilio(_: TestApp, { target, body }: Letter): Record<string, string> {
  const fields = Object.entries(body ?? {}).map(([name, value]) => [name, String(value)]);
  return {
    'X-Twilio-Signature': twilioSignature(
      `http://localhost:3000${target}`,
      Object.fromEntries(fields) as Record<string, string>,
    ),
  };
}

let events = 0;

function byTheMakerOfVideos(app: TestApp, { text }: Letter): Record<string, string> {
  events += 1;
  const [id, timestamp] = [`evt_${String(events)}`, String(Math.floor(app.nest.get(Clock).nowMs() / 1_000))];
  const signature = signatureOf({ id, timestamp, body: Buffer.from(text) }, VIDEO_SECRET);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
}

/** By route: the headers with which those outside sign what they report. */
export const SEALS: Readonly<Record<string, (app: TestApp, letter: Letter) => Record<string, string>>> = {
  'post /webhooks/twilio/status': byTwilio,
  'post /webhooks/twilio/inbound': byTwilio,
  'post /webhooks/videos': byTheMakerOfVideos,
};
