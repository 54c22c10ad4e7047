/**
 * What was granted, and whether that is enough. A provider that does not say has granted what was asked for (RFC 6749
 * §5.1).
 *
 * @param granted space-separated
 */
export function grantedScope(
  granted: string | null,
  required: readonly string[],
): { scope: string; isEnough: boolean } {
  if (granted === null) return { scope: required.join(' '), isEnough: true };
  const scopes = new Set(granted.split(/\s+/).filter(Boolean));
  return { scope: [...scopes].join(' '), isEnough: required.every((scope) => scopes.has(scope)) };
}
