import { getMetadataStorage, IsInt, IsString, validateSync } from 'class-validator';
import { rememberRules } from './remembered-rules';

class Named {
  @IsString({ message: 'invalid_type' })
  name?: unknown;
}
class Counted extends Named {
  @IsInt({ message: 'invalid_type', groups: ['strict'] })
  count?: unknown;
}

const faults = (object: object, groups?: string[]): string[] =>
  validateSync(object, groups && { groups }).map(({ property }) => property);

describe('the rules of a class', () => {
  it('are looked for once, with those of its parents', () => {
    const looked = jest.spyOn(getMetadataStorage(), 'getTargetValidationMetadatas');
    rememberRules();
    rememberRules();
    expect(faults(Object.assign(new Counted(), { name: 1, count: 'a' }))).toEqual(['count', 'name']);
    expect(faults(Object.assign(new Counted(), { name: 2, count: 2 }))).toEqual(['name']);
    expect(looked).toHaveBeenCalledTimes(1);
  });

  it('are looked for anew where only some of them are asked for', () => {
    rememberRules();
    const broken = Object.assign(new Counted(), { name: 1, count: 'a' });
    expect(faults(broken, ['strict'])).toEqual(['count']);
    expect(faults(broken)).toEqual(['count', 'name']);
  });
});
