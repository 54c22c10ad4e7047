import { formatOf, type ImportFormat, readLine } from './gym-line.format';

const HEADER =
  'chain_name,name,address,zip_code,city,country,lat,lng,external_id,phone,email,website_url,open_24h'.split(',');
const GOOD: Record<string, string> = {
  chain_name: 'Keep Cool',
  name: 'Keep Cool Agde',
  address: '3 rue de la Mer',
  zip_code: '34300',
  city: 'Agde',
  country: 'FR',
  lat: '43.31',
  lng: '3.47',
  external_id: 'kc-1',
  phone: '04 67 00 00 00',
  email: 'Agde@Keepcool.example',
  website_url: 'https://keepcool.example/agde',
  open_24h: 'true',
};

function format(header = HEADER): ImportFormat {
  const found = formatOf(header);
  if (!found) throw new Error('no format');
  return found;
}

const read = (values: Record<string, string> = {}) =>
  readLine(
    HEADER.map((column) => ({ ...GOOD, ...values })[column] ?? ''),
    format(),
  );
const details = (values: Record<string, string>) => {
  const line = read(values);
  return typeof line === 'string' ? line : line.details;
};

describe('the header of a gym import', () => {
  it('names its columns in any order, in any capitals, among others', () => {
    expect(format(['Extra', 'LNG', 'lat', ' Country ', 'city', 'zip_code', 'address', 'name', 'chain_name'])).toEqual({
      width: 9,
      places: { chain_name: 8, name: 7, address: 6, zip_code: 5, city: 4, country: 3, lat: 2, lng: 1 },
    });
  });

  it.each(HEADER.slice(0, 8))('is not known without %s', (column) => {
    expect(formatOf(HEADER.filter((name) => name !== column))).toBeNull();
  });
});

describe('a line of a gym import', () => {
  it('is a club', () => {
    expect(read()).toEqual({
      chain: { name: 'Keep Cool', slug: 'keep-cool' },
      externalId: 'kc-1',
      details: {
        name: 'Keep Cool Agde',
        address: '3 rue de la Mer',
        zipCode: '34300',
        city: 'Agde',
        country: 'FR',
        lat: 43.31,
        lng: 3.47,
        phone: '+33467000000',
        email: 'agde@keepcool.example',
        websiteUrl: 'https://keepcool.example/agde',
        open24h: true,
      },
    });
  });

  it('may say little', () => {
    const little = {
      chain_name: '',
      address: '',
      zip_code: '',
      lat: '',
      lng: '',
      external_id: '',
      phone: '',
      email: '',
    };
    expect(read({ ...little, website_url: '', open_24h: '' })).toEqual({
      chain: null,
      externalId: null,
      details: {
        name: 'Keep Cool Agde',
        address: null,
        zipCode: null,
        city: 'Agde',
        country: 'FR',
        lat: null,
        lng: null,
        phone: null,
        email: null,
        websiteUrl: null,
        open24h: false,
      },
    });
  });

  it('leaves undefined what its file has no column for', () => {
    const line = readLine(
      HEADER.slice(0, 8).map((column) => GOOD[column] ?? ''),
      format(HEADER.slice(0, 8)),
    );
    expect(line).toMatchObject({ externalId: null });
    expect(typeof line === 'object' && Object.keys(line.details)).not.toContain('phone');
  });

  it.each([
    ['spaces of any kind and number', { name: ' Keep \u00a0 Cool\tAgde ' }, { name: 'Keep Cool Agde' }],
    ['letters made of several signs', { city: 'E\u0301vry' }, { city: 'Évry' }],
    ['a country in small letters', { country: 'fr' }, { country: 'FR' }],
    ['a postal code in small letters', { zip_code: 'wc1r  4ps' }, { zipCode: 'WC1R 4PS' }],
    ['a street that is the postal code', { address: '34300' }, { address: null }],
    ['a comma in a number', { lat: '43,31', lng: '-3,5' }, { lat: 43.31, lng: -3.5 }],
    ['the poles and the date line', { lat: '-90', lng: '180' }, { lat: -90, lng: 180 }],
    ['another word for no', { open_24h: 'Non' }, { open24h: false }],
    ['another word for yes', { open_24h: 'OUI' }, { open24h: true }],
    ['a phone of another country', { phone: '+590 690 83 32 00' }, { phone: '+590690833200' }],
    ['a name of 200 characters', { name: 'x'.repeat(200) }, { name: 'x'.repeat(200) }],
  ])('is read with %s', (_, values, found) => {
    expect(details(values)).toMatchObject(found);
  });

  it.each([
    ['no name', { name: ' ' }, 'line_incomplete'],
    ['no city', { city: '' }, 'line_incomplete'],
    ['no country', { country: '' }, 'line_incomplete'],
    ['half a position', { lng: '' }, 'line_incomplete'],
    ['the other half', { lat: '' }, 'line_incomplete'],
    ['a word for a number', { lat: 'north' }, 'line_invalid_number'],
    ['a number with an exponent', { lat: '4e1' }, 'line_invalid_number'],
    ['a town for a number', { lng: '3.47 E' }, 'line_invalid_number'],
    ['a phone of letters', { phone: 'call us' }, 'line_invalid_number'],
    ['a phone that is too short', { phone: '0467' }, 'line_invalid_number'],
    ['a latitude beyond the pole', { lat: '90.1' }, 'line_out_of_range'],
    ['a longitude beyond the date line', { lng: '-180.5' }, 'line_out_of_range'],
    ['a country that is none', { country: 'XX' }, 'line_out_of_range'],
    ['a country by its name', { country: 'France' }, 'line_out_of_range'],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, 'line_out_of_range'],
    ['a control character', { name: 'Keep\u0007Cool' }, 'line_out_of_range'],
    ['an address that is no mail address', { email: 'agde' }, 'line_out_of_range'],
    ['a site that is none', { website_url: 'javascript:alert(1)' }, 'line_out_of_range'],
    ['a word that is neither yes nor no', { open_24h: 'maybe' }, 'line_out_of_range'],
    ['a chain of no letters', { chain_name: '—' }, 'line_out_of_range'],
  ])('is left out with %s', (_, values, code) => {
    expect(read(values)).toBe(code);
  });

  it('is left out when it has too few cells, too many, or cannot be read', () => {
    const cells = HEADER.map((column) => GOOD[column] ?? '');
    expect(readLine(cells.slice(1), format())).toBe('line_incomplete');
    expect(readLine([...cells, 'x'], format())).toBe('line_out_of_range');
    expect(readLine(null, format())).toBe('line_incomplete');
    expect(typeof readLine([...cells, '', ''], format())).toBe('object');
  });
});
