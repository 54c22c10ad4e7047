import { API_BOUNDS, type Bounds, exchange, retryAfterMsOf } from 'src/common/outbound/bounded-http';
import { type Film, type VideoOrder, VideoProvider, type VideoReport } from 'src/common/outbound/videos';
import type { VideoSettings } from 'src/config/app-config';
import { failureOfAnswer, isFetchable, reportOf, startedJob, videoTypeOf } from './video-provider.rules';

/** 45 seconds of video weigh a few megabytes, and are fetched by a job that holds them in memory. */
const FILE = { patienceMs: 45_000, maxBytes: 32 * 1_048_576 };

/**
 * A provider that makes videos over HTTP (ADR 0037): `POST /videos` takes an order, `GET /videos/{id}` tells how far it
 * is and where the file lies.
 */
export class HttpVideos extends VideoProvider {
  readonly isConfigured = true;

  /** @param webhookUrl where the provider reports */
  constructor(
    private readonly settings: VideoSettings,
    private readonly webhookUrl: string,
  ) {
    super();
  }

  async start({ prompt, key }: VideoOrder): Promise<string> {
    const body = JSON.stringify({ prompt, webhook_url: this.webhookUrl });
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key };
    return startedJob(await this.ask('/videos', { method: 'POST', headers, body }));
  }

  async poll(jobId: string): Promise<VideoReport> {
    return reportOf(await this.ask(`/videos/${encodeURIComponent(jobId)}`));
  }

  /** The key stays here: a file lies with somebody else as often as not. */
  async fetch(url: string): Promise<Film | null> {
    if (!isFetchable(url, this.settings.fileOrigins)) return null;
    const bytes = await successOf(url, {}, FILE);
    const type = bytes && videoTypeOf(bytes);
    return bytes && type ? { bytes, type } : null;
  }

  private async ask(path: string, request: RequestInit = {}): Promise<unknown> {
    const { url, key } = this.settings;
    const headers = { ...(request.headers as object), Accept: 'application/json', Authorization: `Bearer ${key}` };
    const bytes = await successOf(`${url}${path}`, { ...request, headers }, API_BOUNDS);
    return jsonOf(bytes);
  }
}

/** The bytes of a success, or null when they are more than there may be. @throws DeliveryFailure */
async function successOf(url: string, request: RequestInit, bounds: Bounds): Promise<Buffer | null> {
  const { status, headers, body } = await exchange('video', url, request, bounds);
  if (status < 200 || status > 299) throw failureOfAnswer(status, retryAfterMsOf(headers));
  return body;
}

/** What is no JSON tells nothing, and whoever needs something of it says so. */
function jsonOf(bytes: Buffer | null): unknown {
  try {
    return JSON.parse(bytes?.toString('utf8') ?? '');
  } catch {
    return null;
  }
}
