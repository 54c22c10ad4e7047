const FRAME = '<circle cx="128" cy="128" r="128" fill="#d9e2ea"/>';
const SHOULDERS = 'M28 232c8-52 48-80 100-80s92 28 100 80a128 128 0 0 1-200 0z';

/** Drawn within the circle, so that a client may cut the picture to any shape. */
function silhouette(title: string, figure: string): string {
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" width="256" height="256" role="img">',
    `<title>${title}</title>`,
    `<defs><clipPath id="round"><circle cx="128" cy="128" r="128"/></clipPath></defs>`,
    FRAME,
    `<g clip-path="url(#round)" fill="#8a9bab">${figure}</g>`,
    '</svg>',
    '',
  ].join('\n');
}

const NEUTRAL = `<circle cx="128" cy="98" r="44"/><path d="${SHOULDERS}"/>`;
const MALE =
  '<path d="M84 94c-4-38 18-58 46-58 30 0 48 20 42 58-2 34-20 54-44 54s-42-20-44-54z"/>' +
  `<path d="M20 236c6-46 36-66 76-74l32 22 32-22c40 8 70 28 76 74v20H20z"/>`;
const FEMALE =
  '<path d="M128 34c36 0 54 26 54 62 0 28 6 48 14 60-22 10-46 8-68 8s-46 2-68-8c8-12 14-32 14-60 0-36 18-62 54-62z"/>' +
  `<path d="${SHOULDERS}"/><ellipse cx="128" cy="102" rx="34" ry="40" fill="#a9b7c4"/>`;

/** Who has no picture shows one of these. */
export const SILHOUETTES: ReadonlyMap<string, string> = new Map([
  ['default_neutral.svg', silhouette('Person', NEUTRAL)],
  ['default_male.svg', silhouette('Man', MALE)],
  ['default_female.svg', silhouette('Woman', FEMALE)],
]);
