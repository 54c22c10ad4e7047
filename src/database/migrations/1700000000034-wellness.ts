import type { MigrationInterface, QueryRunner } from 'typeorm';

interface Parameter {
  slug: string;
  /** In English, French, Spanish and Portuguese. */
  label: readonly [en: string, fr: string, es: string, pt: string];
  unit: string | null;
  dataType: 'float' | 'int';
  category: string;
}

function parameter(
  slug: string,
  label: Parameter['label'],
  unit: string | null,
  dataType: Parameter['dataType'],
  category: string,
): Parameter {
  return { slug, label, unit, dataType, category };
}

/** The first ones (rules §18.4), in the order in which they are offered. */
const PARAMETERS: readonly Parameter[] = [
  parameter('weight_kg', ['Weight', 'Poids', 'Peso', 'Peso'], 'kg', 'float', 'morphology'),
  parameter(
    'body_fat_pct',
    ['Body fat', 'Masse grasse', 'Grasa corporal', 'Gordura corporal'],
    '%',
    'float',
    'morphology',
  ),
  parameter(
    'muscle_mass_kg',
    ['Muscle mass', 'Masse musculaire', 'Masa muscular', 'Massa muscular'],
    'kg',
    'float',
    'morphology',
  ),
  parameter(
    'bmi',
    ['Body mass index', 'Indice de masse corporelle', 'Índice de masa corporal', 'Índice de massa corporal'],
    'kg/m²',
    'float',
    'morphology',
  ),
  parameter(
    'resting_heart_rate_bpm',
    [
      'Resting heart rate',
      'Fréquence cardiaque au repos',
      'Frecuencia cardíaca en reposo',
      'Frequência cardíaca em repouso',
    ],
    'bpm',
    'int',
    'cardiovascular',
  ),
  parameter(
    'blood_pressure_systolic',
    ['Systolic blood pressure', 'Tension systolique', 'Presión sistólica', 'Pressão sistólica'],
    'mmHg',
    'int',
    'cardiovascular',
  ),
  parameter(
    'blood_pressure_diastolic',
    ['Diastolic blood pressure', 'Tension diastolique', 'Presión diastólica', 'Pressão diastólica'],
    'mmHg',
    'int',
    'cardiovascular',
  ),
  parameter(
    'spo2_pct',
    ['Oxygen saturation', 'Saturation en oxygène', 'Saturación de oxígeno', 'Saturação de oxigénio'],
    '%',
    'float',
    'cardiovascular',
  ),
  parameter('vo2max', ['VO₂ max', 'VO₂ max', 'VO₂ máx.', 'VO₂ máx.'], 'ml/kg/min', 'float', 'fitness'),
  parameter('sleep_hours', ['Sleep', 'Sommeil', 'Sueño', 'Sono'], 'h', 'float', 'sleep'),
  parameter(
    'sleep_quality',
    ['Sleep quality', 'Qualité du sommeil', 'Calidad del sueño', 'Qualidade do sono'],
    '/10',
    'int',
    'sleep',
  ),
  parameter(
    'stress_level',
    ['Stress level', 'Niveau de stress', 'Nivel de estrés', 'Nível de stress'],
    '/10',
    'int',
    'other',
  ),
  parameter(
    'water_intake_ml',
    ['Water intake', 'Eau bue', 'Consumo de agua', 'Consumo de água'],
    'ml',
    'int',
    'nutrition',
  ),
  parameter('steps_daily', ['Daily steps', 'Pas par jour', 'Pasos al día', 'Passos por dia'], null, 'int', 'fitness'),
];

/** What people measure of themselves, and what of it they share with which coach. */
export class Wellness1700000000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE health_parameters (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        slug text NOT NULL CHECK (slug ~ '^[a-z0-9_]{1,50}$'),
        -- Language -> text.
        label jsonb NOT NULL CHECK (jsonb_typeof(label) = 'object'),
        unit text,
        data_type text NOT NULL CHECK (data_type IN ('float', 'int')),
        category text NOT NULL
          CHECK (category IN ('morphology', 'cardiovascular', 'sleep', 'fitness', 'nutrition', 'other')),
        -- No: its values are kept, and shown to nobody.
        active boolean NOT NULL,
        position integer NOT NULL CHECK (position >= 0),
        created_at timestamptz NOT NULL,
        CONSTRAINT health_parameters_slug UNIQUE (slug)
      )`);
    await runner.query(`
      CREATE TABLE health_logs (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        parameter_id uuid NOT NULL REFERENCES health_parameters,
        value numeric(10, 3) NOT NULL,
        -- Encrypted.
        note text,
        source text NOT NULL CHECK (source IN ('manual', 'withings', 'strava', 'import')),
        logged_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX health_logs_user_id ON health_logs (user_id, logged_at DESC, id)');
    await runner.query(
      'CREATE INDEX health_logs_parameter_id ON health_logs (parameter_id, user_id, logged_at DESC, id)',
    );
    // A row is a yes: who takes it back removes it.
    await runner.query(`
      CREATE TABLE health_sharings (
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        coach_id uuid NOT NULL REFERENCES coach_profiles ON DELETE CASCADE,
        parameter_id uuid NOT NULL REFERENCES health_parameters,
        shared_at timestamptz NOT NULL,
        PRIMARY KEY (user_id, coach_id, parameter_id)
      )`);
    await runner.query('CREATE INDEX health_sharings_coach_id ON health_sharings (coach_id)');
    await runner.query('CREATE INDEX health_sharings_parameter_id ON health_sharings (parameter_id)');
    for (const [place, { slug, label, unit, dataType, category }] of PARAMETERS.entries()) {
      const [en, fr, es, pt] = label;
      await runner.query(
        `INSERT INTO health_parameters (slug, label, unit, data_type, category, active, position, created_at)
         VALUES ($1, $2, $3, $4, $5, true, $6, now())`,
        [slug, JSON.stringify({ en, fr, es, pt }), unit, dataType, category, place + 1],
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['health_sharings', 'health_logs', 'health_parameters'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
