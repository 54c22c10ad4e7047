import { failureOf, saysOptedOut, SMS_FAILURES } from './sms-failure.rules';

describe('why an SMS did not arrive', () => {
  it.each(SMS_FAILURES)('is %s, when we say so ourselves', (failure) => {
    expect(failureOf(failure)).toBe(failure);
  });

  it.each([
    ['twilio 21610', 'opted_out'],
    ['twilio 21211', 'number_invalid'],
    ['twilio 21614', 'number_invalid'],
    ['twilio 30005', 'number_invalid'],
    ['twilio 30003', 'unreachable'],
    ['twilio 30007', 'blocked'],
    ['twilio 21408', 'country'],
    ['twilio 20500', 'not_delivered'],
    ['twilio failed', 'not_delivered'],
    ['twilio http_502', 'not_delivered'],
    ['ECONNRESET', 'not_delivered'],
    ['21610', 'not_delivered'],
    ['constructor', 'not_delivered'],
  ])('is told for %s as %s', (code, failure) => {
    expect(failureOf(code)).toBe(failure);
    expect(saysOptedOut(code)).toBe(failure === 'opted_out');
  });
});
