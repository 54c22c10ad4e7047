-- The two roles of MyCoach: mycoach_owner makes and changes tables, mycoach_app works with their rows. Run by a superuser
-- of PostgreSQL in the database of the product, with psql; again it only sets the passwords. They are read from files and
-- never given as arguments, which everybody on the machine can see: --set=secrets=<folder> names another place.
\set ON_ERROR_STOP on
\if :{?secrets}
\else
  \set secrets /run/secrets
\endif
\set owner_password `cat :'secrets'/database_owner_password`
\set app_password `cat :'secrets'/database_app_password`

-- A role without a password would let nobody in, and nobody would know why: this divides by zero instead.
SELECT 1 / least(length(:'owner_password'), length(:'app_password')) AS passwords;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['mycoach_owner', 'mycoach_app'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I', name);
    END IF;
    EXECUTE format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', name);
  END LOOP;
  -- Whoever connects without saying so: nobody, and nobody makes tables of his own, not even passing ones.
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO mycoach_app', current_database());
  EXECUTE format('ALTER DATABASE %I OWNER TO mycoach_owner', current_database());
  REVOKE ALL ON SCHEMA public FROM PUBLIC;
END $$;

ALTER ROLE mycoach_owner PASSWORD :'owner_password';
ALTER ROLE mycoach_app PASSWORD :'app_password';

-- Waits end also where the process cannot say so itself, behind a pooler.
ALTER ROLE mycoach_app SET statement_timeout = '3s';
ALTER ROLE mycoach_app SET lock_timeout = '2s';
ALTER ROLE mycoach_app SET idle_in_transaction_session_timeout = '10s';
