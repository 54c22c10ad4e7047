import { figuresOf, type Point, type Story } from './year';

/** `docs/progression.md`: how targets move, and what that makes of a year. */
export function pageOf(years: readonly { story: Story; points: readonly Point[] }[]): string {
  const rows = years.map(({ story, points }) => {
    const { first, last, highest, raises, lowers } = figuresOf(points);
    const strength = points.at(-1)?.strengthKg ?? 0;
    const figures = [first, highest, last, strength.toFixed(1), raises, lowers].map(String);
    return `| ${[story.name, ...figures].join(' | ')} |`;
  });
  return `# How target weights move

After each session that is written down, every planned exercise of the current programme that was trained is looked at once (\`src/modules/program/progression/progression.rules.ts\`, [ADR 0036](adr/0036-how-targets-are-adjusted.md)):

| What happened | What becomes of the target |
|---|---|
| the last three sessions reached every set | 2.5 kg more |
| one set was missed in the last session | it stays |
| two or more sets were missed in the last session | 2.5 kg less, never below 0 |
| three full sessions, and no target weight yet | the lowest weight used, or 5 kg when none was given |
| an exercise without a load | it never has a target weight |

An adjustment is made for one person's assignment; the plan stays as it is for everybody else. The person is told once, with the reason, and can refuse the newest adjustment of an exercise.

## A year of it

![Target weights over a simulated year](progression-year.svg)

Somebody trains three times a week for a year. He gets stronger, most at first; he has good and bad days, is ill for three weeks and away for three. He does what his targets say as far as he can, and the rules do the rest. All of it follows from one seed, so the picture is the same every time.

| Exercise | First target kg | Highest | Last | What he lifts then | Raises | Steps down |
|---|---|---|---|---|---|---|
${rows.join('\n')}

The third plan begins far too high: the targets come down within two weeks, and follow from there. \`test/program/progression-year.e2e-spec.ts\` says for hundreds of such years what must hold: no target below 0, none above what somebody lifts for long, no faster up and down than three sessions, and back to the old target within eight weeks of a holiday.

Renew the picture and this page after a change of the rules: \`npx ts-node test/program/year/draw.ts\`.
`;
}
