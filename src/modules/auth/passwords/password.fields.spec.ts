import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { isCommonPassword } from './common-passwords';
import { NewPassword, PasswordAgain } from './password.fields';

class Form {
  @NewPassword()
  password: string;

  @PasswordAgain('password')
  again: string;
}

function faultsOf(password: unknown): string[] {
  const form = plainToInstance(Form, { password, again: password });
  return validateSync(form)
    .filter(({ property }) => property === 'password')
    .flatMap(({ constraints }) => Object.values(constraints ?? {}))
    .sort();
}

describe('a new password', () => {
  it.each([
    ['Abcdef7', ['password_too_short']],
    ['Abcdefg7', []],
    [`A7${'x'.repeat(126)}`, []],
    [`A7${'x'.repeat(127)}`, ['password_too_long']],
    ['abcdefg7', ['password_needs_uppercase']],
    ['Xbcdefgq', ['password_needs_digit']],
    ['short', ['password_needs_digit', 'password_needs_uppercase', 'password_too_short']],
    ['Пароль-длинный-1', []],
    ['Ünï-cödé-٣', []],
    ['A7\ud800xxxxxx', ['invalid_format']],
  ])('%j has the faults %j (trust 15)', (password, faults) => {
    expect(faultsOf(password)).toEqual(faults);
  });

  it('counts characters, not units: an emoji is one', () => {
    expect(faultsOf('A1🏋🏋🏋🏋🏋')).toEqual(['password_too_short']);
    expect(faultsOf('A1🏋🏋🏋🏋🏋🏋')).toEqual([]);
    expect(faultsOf(`A1${'🏋'.repeat(126)}`)).toEqual([]);
  });

  it.each([
    'Password1',
    'Azerty123',
    'Motdepasse1',
    'Qwerty123',
    'Bonjour1',
    'Welcome1',
    'Admin123',
    'Soleil1',
    'Contraseña1',
    'CONTRASEN\u0303A1',
    'Senha123',
    'pAssWord123!',
  ])('is not %s, which everybody tries first', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it('may be one that only resembles a common one', () => {
    expect(faultsOf('Password1-of-Camille')).toEqual([]);
  });

  it('is the same however its accents were typed', () => {
    const form = plainToInstance(Form, { password: 'Ete\u0301-2031-x', again: 'Et\u00e9-2031-x' });
    expect(form.password).toBe('Et\u00e9-2031-x');
    expect(validateSync(form)).toEqual([]);
  });
});
