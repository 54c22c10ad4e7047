import { nameBasedUuid } from './name-based-uuid';

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

describe('a name-based uuid', () => {
  it('is the one that RFC 9562 gives as its example', () => {
    expect(nameBasedUuid(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('is another one for another name, or in another namespace', () => {
    const uuids = [
      nameBasedUuid(DNS, 'push-up'),
      nameBasedUuid(DNS, 'pull-up'),
      nameBasedUuid('2ed6657d-e927-568b-95e1-2665a8aea6a2', 'push-up'),
    ];
    expect(new Set(uuids).size).toBe(3);
  });
});
