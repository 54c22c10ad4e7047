import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { SystemClock } from 'src/common/clock/clock';
import { EmailAddress } from 'src/common/http/domain-fields';
import { adminPassword, AppConfig, processEnvironment } from 'src/config/app-config';
import { CommandRefused, withDatabase } from 'src/database/command-database';
import { createDataSource } from 'src/database/data-source';
import { NewPassword } from 'src/modules/auth/passwords/password.fields';
import { PasswordHasher } from 'src/modules/auth/passwords/password-hasher';
import { ADMIN_ENTITIES, type AdminOutcome, makeAdmin } from './admin-account';
import { askPassword } from './hidden-prompt';

const USAGE = 'Usage: npm run admin:create -- --email you@example.com';

/** What each broken rule is called by somebody at a terminal. */
const FAULTS: Record<string, string> = {
  required: 'is missing',
  invalid_email: 'is not an e-mail address',
  invalid_format: 'holds characters that cannot be stored',
  password_too_short: 'needs at least 8 characters',
  password_too_long: 'may have at most 128 characters',
  password_needs_uppercase: 'needs at least one upper-case letter',
  password_needs_digit: 'needs at least one digit',
  password_too_common: 'is one of the most common ones',
};

class AdminInput {
  @EmailAddress()
  email: string;

  @NewPassword()
  password: string;
}

function checked(email: string | undefined, password: string): AdminInput {
  const input = plainToInstance(AdminInput, { email, password });
  const faults = validateSync(input).flatMap(({ property, constraints }) =>
    Object.values(constraints ?? {}).map((code) => `the ${property} ${FAULTS[code] ?? `is not valid (${code})`}`),
  );
  if (faults.length > 0) throw new CommandRefused([...new Set(faults)].join('\n'));
  return input;
}

async function password(): Promise<string> {
  const given = adminPassword();
  if (given !== null) return given;
  if (!process.stdin.isTTY) throw new CommandRefused('Set ADMIN_PASSWORD, or run this in a terminal');
  const typed = await askPassword('Password: ');
  if ((await askPassword('The same again: ')) !== typed) throw new CommandRefused('the two passwords are different');
  return typed;
}

async function write(databaseUrl: string, { email, password }: AdminInput): Promise<AdminOutcome> {
  const source = createDataSource({ databaseUrl, poolSize: 1 });
  source.setOptions({ entities: ADMIN_ENTITIES });
  await source.initialize();
  try {
    return await makeAdmin(source, {
      email,
      passwordHash: await new PasswordHasher().hash(password),
      now: new SystemClock().now(),
    });
  } finally {
    await source.destroy();
  }
}

async function main(): Promise<void> {
  const { email } = parseArgs({ options: { email: { type: 'string' } } }).values;
  if (!email) throw new CommandRefused(USAGE);
  const input = checked(email, await password());
  const outcome = await withDatabase(new AppConfig(processEnvironment()), (url) => write(url, input));
  process.stdout.write(
    outcome === 'created'
      ? `Created the admin ${input.email}.\n`
      : `Promoted the existing account ${input.email} to admin, and set its password.\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
