import { isIPv6 } from 'node:net';

const GROUPS = 8;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Who counts as one caller where requests are counted by address. Whoever has an IPv6 connection has a whole network of 64
 * bits, and would never meet a limit that is by the single address.
 *
 * @param ip as the socket or the proxy says it
 * @returns an IPv4 address as it is, of an IPv6 address its network: `2001:db8:0:7::/64`
 */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const mapped = MAPPED.exec(ip)?.[1];
  if (mapped) return mapped;
  const [head = '', tail = null] = ip.split('::');
  const [first, last] = [groupsOf(head), groupsOf(tail ?? '')];
  const left = tail === null ? 0 : GROUPS - widthOf(first) - widthOf(last);
  const groups = [...first, ...Array<string>(left).fill('0'), ...last];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

/** An address of IPv4 at the end takes the room of two groups. */
function widthOf(groups: readonly string[]): number {
  return groups.length + (groups.at(-1)?.includes('.') ? 1 : 0);
}
