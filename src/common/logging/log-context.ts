import { ClsServiceManager } from 'nestjs-cls';

/** What is known of the request that runs now: set when it comes in, and when its key is known. */
export interface LogContext {
  requestId?: string;
  userId?: string;
}

/** Empty outside requests: in jobs, commands and at start. */
export function currentContext(): LogContext {
  const cls = ClsServiceManager.getClsService();
  if (!cls.isActive()) return {};
  const requestId = cls.get<string | undefined>('requestId');
  const userId = cls.get<string | undefined>('userId');
  return { ...(requestId && { requestId }), ...(userId && { userId }) };
}
