import { plainHash } from 'src/common/crypto/keyed-hash';
import { weightNewsOf } from './withings-news.rules';

const CALL = { userid: '4711', appli: '1', startdate: '1530576000', enddate: '1530698753' };

describe('a call of Withings', () => {
  it('tells whose weight there is news of, and about when', () => {
    expect(weightNewsOf(CALL)).toEqual({ externalId: '4711', eventId: plainHash('4711 1530576000 1530698753') });
    expect(weightNewsOf({ userid: '4711', appli: '1' })).toEqual({ externalId: '4711', eventId: plainHash('4711  ') });
  });

  it.each([
    [null],
    ['userid=4711'],
    [{}],
    [{ ...CALL, appli: '16' }],
    [{ ...CALL, appli: undefined }],
    [{ ...CALL, userid: undefined }],
    [{ ...CALL, userid: ['4711', '4712'] }],
    [{ ...CALL, userid: '' }],
    [{ ...CALL, userid: '47 11' }],
    [{ ...CALL, startdate: 'x'.repeat(9_000) }],
    [{ ...CALL, enddate: ['1'] }],
  ])('tells nothing that we want to know: %j', (form) => {
    expect(weightNewsOf(form)).toBeNull();
  });
});
