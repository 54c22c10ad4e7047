import type { RequestClient } from 'twilio';
import { failureOfAnswer, failureOfNetwork } from './twilio.rules';

export const ANSWER_MS = 10_000;
const MAX_ANSWER_BYTES = 1_048_576;

/**
 * Makes the SDK's way to speak HTTP ours: to the address that is configured, for so long at most, with answers of a
 * bounded size. What goes wrong is told by its code alone, as a `DeliveryFailure`: errors of the SDK quote numbers and
 * texts.
 */
export function bounded(client: RequestClient, baseUrl: string | null): RequestClient {
  client.axios.interceptors.request.use((request) => {
    request.maxContentLength = MAX_ANSWER_BYTES;
    // The timeout of the library counts silence only; an answer that drips has to end too.
    request.signal = AbortSignal.timeout(ANSWER_MS);
    return request;
  });
  const send = client.request.bind(client);
  const request: RequestClient['request'] = async (options) => {
    const uri = baseUrl === null ? options.uri : locatedAt(baseUrl, options.uri);
    const answer = await send({ ...options, uri, logLevel: 'none' }).catch((error: unknown) => {
      throw failureOfNetwork(error);
    });
    const { headers } = answer as { headers?: Record<string, unknown> };
    if (answer.statusCode >= 300) throw failureOfAnswer(answer.statusCode, answer.body, headers?.['retry-after']);
    return answer;
  };
  return Object.assign(client, { request });
}

function locatedAt(baseUrl: string, uri: string): string {
  const { pathname, search } = new URL(uri);
  return `${baseUrl}${pathname}${search}`;
}
