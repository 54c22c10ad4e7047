import { ExerciseNames } from './exercise-names.rules';
import { layoutOf } from './import-layout.format';
import { SessionGathering } from './session-gathering.rules';
import type { FoundSessions } from './import.types';

const HEADERS = {
  strong: 'Date;Workout Name;Duration;Exercise Name;Set Order;Weight;Weight Unit;Reps;Seconds;Notes',
  hevy: 'title;start_time;end_time;exercise_title;exercise_notes;set_index;weight_kg;weight_lbs;reps;duration_seconds',
  mycoach:
    'date;session_type;duration_min;feeling;gym;exercise_slug;exercise_name;set_order;sets_count;reps;weight_kg;duration_seconds;notes',
};
const SQUAT = { id: 'squat', slug: 'squat', name: 'Squat' };
const PRESS = { id: 'press', slug: 'press', name: 'Press' };

/** What is found in lines of `;`-parted cells, where `torn` is a line that cannot be read. */
function gathered(format: keyof typeof HEADERS, ...lines: string[]): FoundSessions {
  const layout = layoutOf(HEADERS[format].split(';'));
  if (!layout) throw new Error('no layout');
  const settings = { zone: 'Europe/Paris', unit: 'kg' as const, now: new Date('2026-03-10T12:00:00Z') };
  const gathering = new SessionGathering(layout, settings, new ExerciseNames([SQUAT, PRESS], {}, {}));
  lines.forEach((line, place) => {
    gathering.add({ line: place + 2, cells: line === 'torn' ? null : line.split(';') });
  });
  return gathering.end();
}
const codes = ({ faults }: FoundSessions): string[] => faults.map(({ line, code }) => `${String(line)} ${code}`);
const days = ({ sessions }: FoundSessions): number[] => sessions.map(({ trainedAt }) => trainedAt.getUTCDate());
const strong = (day: number, cells = 'Squat;1;60;;5;0;'): string => `2026-03-0${String(day)} 18:00:00;A;45m;${cells}`;
const mycoach = (cells: string): string => `2026-03-02T17:00:00Z;${cells}`;

describe('the lines of a file', () => {
  it('of one start are one session, wherever they stand, and the oldest session is first', () => {
    const found = gathered('strong', strong(3), strong(2), strong(3, 'Press;1;40;;8;0;well'));
    expect(found.sessions).toMatchObject([
      { trainedAt: new Date('2026-03-02T17:00:00Z'), externalId: '2026-03-02T18:00:00', durationMin: 45 },
      {
        sessionType: 'solo_free',
        feeling: null,
        gym: null,
        sets: [
          {
            exerciseTypeId: 'squat',
            setOrder: 1,
            setsCount: 1,
            reps: 5,
            weightKg: 60,
            durationSeconds: null,
            notes: null,
          },
          { exerciseTypeId: 'press', setOrder: 2, setsCount: 1, reps: 8, weightKg: 40, machineId: null, notes: 'well' },
        ],
      },
    ]);
  });

  it('that are pauses or remarks are no sets', () => {
    const found = gathered('strong', strong(2, 'Squat;Rest Timer;;;;90;'), strong(2), strong(2, 'Squat;Note;;;;;good'));
    expect(found).toMatchObject({ faulty: 0, sessions: [{ sets: [{ reps: 5 }] }] });
  });

  it('count warm-ups and drop sets', () => {
    const found = gathered('strong', ...['W', 'D', 'F', '4'].map((order) => strong(2, `Squat;${order};60;;5;0;`)));
    expect(found.sessions[0]?.sets).toHaveLength(4);
    expect(codes(gathered('strong', strong(2, 'Squat;1x;60;;5;0;')))).toEqual(['2 line_invalid_number']);
  });

  it('tell weights in the unit of the line, of the column, or of the sender', () => {
    const weights = (found: FoundSessions) => found.sessions[0]?.sets.map(({ weightKg }) => weightKg);
    const units = ['100;lbs', '100;kg', '100;', ';lbs', '0;lbs'].map((weight) => strong(2, `Squat;1;${weight};5;0;`));
    expect(weights(gathered('strong', ...units))).toEqual([45.36, 100, 100, null, 0]);
    const hevy = (weight: string): string => `A;2 Mar 2026, 18:00;;Squat;;0;${weight};5;`;
    expect(weights(gathered('hevy', ...['62.5;', ';135', '60;132', ';'].map(hevy)))).toEqual([62.5, 61.23, 60, null]);
    expect(codes(gathered('strong', strong(2, 'Squat;1;60;stone;5;0;')))).toEqual(['2 line_out_of_range']);
  });

  it('of Hevy tell a note with each set, and it is kept once', () => {
    const line = (exercise: string, note: string): string =>
      `A;2 Mar 2026, 18:00;2 Mar 2026, 19:10;${exercise};${note};0;60;;5;`;
    const found = gathered(
      'hevy',
      line('Squat', 'deep'),
      line('Squat', 'deep'),
      line('Press', 'deep'),
      line('Press', ''),
    );
    expect(found.sessions[0]).toMatchObject({ durationMin: 70 });
    expect(found.sessions[0]?.sets.map(({ notes }) => notes)).toEqual(['deep', null, 'deep', null]);
  });

  it('of our own tell all that we keep', () => {
    const found = gathered(
      'mycoach',
      mycoach("coached;50;4;'=Club;squat;Any;7;3;10;62.5;30;'-slow"),
      '2026-03-03T17:00:00.5Z;;;;;;;;;;;;',
    );
    expect(found.sessions).toEqual([
      {
        trainedAt: new Date('2026-03-02T17:00:00Z'),
        externalId: '2026-03-02T17:00:00Z',
        sessionType: 'coached',
        durationMin: 50,
        feeling: 4,
        gym: '=Club',
        sets: [
          {
            exerciseTypeId: 'squat',
            machineId: null,
            setOrder: 7,
            setsCount: 3,
            reps: 10,
            weightKg: 62.5,
            durationSeconds: 30,
            notes: '-slow',
          },
        ],
      },
      expect.objectContaining({ externalId: '2026-03-03T17:00:00.500Z', sessionType: 'solo_free', sets: [] }),
    ]);
  });
});

describe('a line that cannot be taken', () => {
  it.each([
    ['a cell too few', '2026-03-02 18:00:00;A;45m;Squat;1;60;;5;0', 'line_incomplete'],
    ['a cell too many', strong(2, 'Squat;1;60;;5;0;;x'), 'line_out_of_range'],
    ['no date', ';A;45m;Squat;1;60;;5;0;', 'line_incomplete'],
    ['no exercise', strong(2, ';1;60;;5;0;'), 'line_incomplete'],
    ['a day that there is not', '2026-02-30 18:00:00;A;;Squat;1;60;;5;0;', 'line_invalid_date'],
    ['a day after tomorrow', '2026-03-11 13:00:01;A;;Squat;1;60;;5;0;', 'line_out_of_range'],
    ['half a repetition', strong(2, 'Squat;1;60;;5.5;0;'), 'line_invalid_number'],
    ['words for a weight', strong(2, 'Squat;1;heavy;;5;0;'), 'line_invalid_number'],
    ['ten thousand repetitions', strong(2, 'Squat;1;60;;10000;0;'), 'line_out_of_range'],
    ['ten tons', strong(2, 'Squat;1;9999.01;;5;0;'), 'line_out_of_range'],
    ['less than nothing', strong(2, 'Squat;1;-5;;5;0;'), 'line_out_of_range'],
    ['more seconds than a day', strong(2, 'Squat;1;;;;86401;'), 'line_out_of_range'],
    ['more than ten hours', '2026-03-02 18:00:00;A;10h 1m;Squat;1;60;;5;0;', 'line_out_of_range'],
    ['a note that is too long', strong(2, `Squat;1;60;;5;0;${'x'.repeat(501)}`), 'line_out_of_range'],
    ['an exercise that nobody knows', strong(2, 'Yoyo;1;60;;5;0;'), 'line_unmapped_exercise'],
  ])('with %s', (_, line, code) => {
    const found = gathered('strong', strong(1), line, strong(4));
    expect(codes(found)).toEqual([`3 ${code}`]);
    expect(days(found)).toEqual([1, 4]);
  });

  it.each([
    ['a type that there is not', 'alone;;;;squat;;1;1;5;60;;', 'line_out_of_range'],
    ['601 minutes', ';601;;;squat;;1;1;5;60;;', 'line_out_of_range'],
    ['no minute', ';0;;;squat;;1;1;5;60;;', 'line_out_of_range'],
    ['a feeling of six', ';;6;;squat;;1;1;5;60;;', 'line_out_of_range'],
    ['the 51st place', ';;;;squat;;51;1;5;60;;', 'line_out_of_range'],
    ['21 sets alike', ';;;;squat;;1;21;5;60;;', 'line_out_of_range'],
    ['no second', ';;;;squat;;1;1;5;60;0;', 'line_out_of_range'],
    ['a set without exercise', ';;;;;;1;1;5;60;;', 'line_incomplete'],
    ['an exercise that nobody knows', ';;;;yoyo;Yo-yo;1;1;5;60;;', 'line_unmapped_exercise'],
  ])('of our own: with %s', (_, cells, code) => {
    const found = gathered('mycoach', mycoach(cells));
    expect([codes(found), found.sessions]).toEqual([[`2 ${code}`], []]);
  });

  it('takes its whole session with it, before and after it', () => {
    const found = gathered('strong', strong(2), strong(2, 'Squat;1;x;;5;0;'), strong(2), strong(3));
    expect([days(found), codes(found)]).toEqual([[3], ['3 line_invalid_number']]);
  });

  it('without a date takes the session in whose middle it stands, and no other', () => {
    const undated = 'yesterday;A;45m;Squat;1;60;;5;0;';
    expect(days(gathered('strong', strong(1), undated, strong(1), strong(2)))).toEqual([2]);
    expect(days(gathered('strong', strong(1), undated, strong(2)))).toEqual([1, 2]);
  });

  it('that cannot be read at all takes the sessions on both its sides: one of them misses it', () => {
    expect(days(gathered('strong', strong(1), strong(2), 'torn', strong(3), strong(4)))).toEqual([1, 4]);
    expect(days(gathered('strong', strong(1), strong(2), 'torn'))).toEqual([1]);
    expect(codes(gathered('strong', 'torn', strong(2), strong(3)))).toEqual(['2 line_incomplete']);
  });

  it('is the 201st set of its session', () => {
    const lines = (count: number): string[] => Array.from({ length: count }, () => strong(2));
    const { sessions } = gathered('strong', ...lines(200));
    expect([sessions[0]?.sets[49]?.setOrder, sessions[0]?.sets[199]?.setOrder]).toEqual([50, 50]);
    expect(codes(gathered('strong', ...lines(201)))).toEqual(['202 line_out_of_range']);
  });

  it('is counted always, and told 500 times', () => {
    const found = gathered('strong', ...Array.from({ length: 501 }, () => strong(2, 'Squat;1;x;;5;0;')));
    expect([found.faulty, found.faults.length]).toEqual([501, 500]);
  });

  it('names the exercises that nobody knows once each, those of most lines first', () => {
    const lines = ['Yo-Yo', 'Hula', 'yo yo', 'YO-YO'].map((name, day) => strong(day + 1, `${name};1;60;;5;0;`));
    expect(gathered('strong', ...lines).unmapped).toEqual([
      { name: 'Yo-Yo', lines: 3 },
      { name: 'Hula', lines: 1 },
    ]);
  });

  it('names 500 such exercises at most, those of most lines', () => {
    const lines = Array.from({ length: 501 }, (_, number) => strong(2, `Hula ${String(number)};1;60;;5;0;`));
    const { unmapped } = gathered('strong', ...lines, strong(3, 'Hula 500;1;60;;5;0;'));
    expect(unmapped).toHaveLength(500);
    expect(unmapped[0]).toEqual({ name: 'Hula 500', lines: 2 });
  });
});
