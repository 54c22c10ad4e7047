import { domainToASCII } from 'node:url';

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LONGEST = 253;

/**
 * A domain in its one spelling: lower-case, without the dot at its end, and in ASCII, so that `münchen.example` and
 * `xn--mnchen-3ya.example` are one. What is no domain comes back in lower-case only.
 */
export function spelledDomain(text: string): string {
  const lower = text.toLowerCase().replace(/\.$/, '');
  return domainToASCII(lower) || lower;
}

/** Whether it is a domain that mail could go to, in the spelling of `spelledDomain`; an address by number is none. */
export function isDomain(text: string): boolean {
  const labels = text.split('.');
  return (
    text.length <= LONGEST &&
    labels.length >= 2 &&
    labels.every((label) => LABEL.test(label)) &&
    /[a-z]/.test(labels.at(-1) ?? '')
  );
}
