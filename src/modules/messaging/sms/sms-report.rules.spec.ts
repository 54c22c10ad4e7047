import { reportOf, wishOf } from './sms-report.rules';

describe('what somebody wants who answers an SMS', () => {
  it.each(
    'STOP STOPALL UNSUBSCRIBE CANCEL END QUIT OPTOUT REVOKE stop Stop'
      .split(' ')
      .concat(
        ' STOP\n',
        'Stop.',
        '«STOP»',
        'stop !!',
        'ARRÊT',
        'arrêter',
        'Désabonner',
        'désabonner'.normalize('NFD'),
        'baja',
        'parar',
      ),
  )('is silence, when it is %j', (text) => {
    expect(wishOf(text)).toBe('stop');
  });

  it.each(['START', 'unstop', ' Yes ', 'start!'])('is messages, when it is %j', (text) => {
    expect(wishOf(text)).toBe('start');
  });

  it.each([
    '',
    '  ',
    '!!!',
    'Please stop',
    'STOP IT',
    'stopper',
    'ok',
    'oui',
    '1',
    'HELP',
    '💪',
    'S T O P',
    'st\u0000op',
  ])('is neither, when it is %j', (text) => {
    expect(wishOf(text)).toBeNull();
  });
});

describe('a status of Twilio', () => {
  it.each([
    ['accepted', 'taken'],
    ['scheduled', 'taken'],
    ['queued', 'taken'],
    ['sending', 'taken'],
    ['sent', 'taken'],
    ['delivered', 'taken'],
    ['read', 'taken'],
    ['undelivered', 'lost'],
    ['failed', 'lost'],
    ['canceled', 'lost'],
    ['receiving', null],
    ['', null],
    ['constructor', null],
  ] as const)('%j means %j', (status, report) => {
    expect(reportOf(status)).toBe(report);
  });
});
