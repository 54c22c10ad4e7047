import type Sharp from 'sharp';
import { type Frame, frameOfWebp, webm } from './webm.format';

const WIDTH = 320;
const HEIGHT = 180;
const QUALITY = 50;
const FRAME_MS = 250;
/** Of one repetition. */
const PHASES = 8;
const REPETITIONS_OF_A_VIEW = 4;
const VIEWS = ['side', 'front'] as const;
const FLOOR = 158;

type View = (typeof VIEWS)[number];

/**
 * Somebody who squats, seen from the side and then from the front, for sixteen seconds and without a sound: what stands
 * in for the videos of a provider where there is none. WebM.
 */
export async function drawnFilm(): Promise<Buffer> {
  // It weighs 20 MB of memory, which a server that nobody asks for a video need not carry.
  const { default: sharp } = await import('sharp');
  const frames: Frame[] = [];
  for (const view of VIEWS) {
    const repetition: Buffer[] = [];
    for (let phase = 0; phase < PHASES; phase += 1)
      repetition.push(await pictureOf(sharp, view, (1 - Math.cos((2 * Math.PI * phase) / PHASES)) / 2));
    for (let times = 0; times < REPETITIONS_OF_A_VIEW; times += 1)
      for (const vp8 of repetition) frames.push({ vp8, atMs: frames.length * FRAME_MS });
  }
  return webm(frames, { width: WIDTH, height: HEIGHT, durationMs: frames.length * FRAME_MS });
}

/** @param depth 0 standing, 1 all the way down */
async function pictureOf(sharp: typeof Sharp, view: View, depth: number): Promise<Buffer> {
  const drawing = Buffer.from(view === 'side' ? fromTheSide(depth) : fromTheFront(depth));
  const webp = await sharp(drawing).flatten({ background: '#eef2f5' }).webp({ quality: QUALITY }).toBuffer();
  const frame = frameOfWebp(webp);
  if (!frame) throw new Error('the drawing is no frame');
  return frame;
}

function fromTheSide(depth: number): string {
  const hip = { x: 160 - 34 * depth, y: 98 + 34 * depth };
  const knee = { x: 160 + 22 * depth, y: 128 + 4 * depth };
  const neck = { x: hip.x + 26 * depth, y: hip.y - 46 + 6 * depth };
  const hands = { x: neck.x + 44 * depth, y: neck.y + 40 - 32 * depth };
  return drawing(
    neck,
    `M160 ${FLOOR}L${point(knee)}L${point(hip)}L${point(neck)}M${point(neck)}L${point(hands)}M154 ${FLOOR}h22`,
  );
}

function fromTheFront(depth: number): string {
  const hipY = 98 + 34 * depth;
  const neck = { x: 160, y: hipY - 46 + 6 * depth };
  const kneeY = 128 + 4 * depth;
  const legs = [-1, 1].map(
    (side) => `M160 ${hipY}L${160 + side * (16 + 14 * depth)} ${kneeY}L${160 + side * 18} ${FLOOR}h${side * 8}`,
  );
  const arms = [-1, 1].map((side) => `M${point(neck)}L${160 + side * (20 + 4 * depth)} ${neck.y + 40 - 32 * depth}`);
  return drawing(neck, `M160 ${hipY}L${point(neck)}${legs.join('')}${arms.join('')}`);
}

interface Point {
  x: number;
  y: number;
}

function point({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

function drawing(neck: Point, limbs: string): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">`,
    `<path d="M20 ${FLOOR + 5}h280" stroke="#b5c2cd" stroke-width="3"/>`,
    `<g fill="none" stroke="#2b5d86" stroke-width="9" stroke-linecap="round" stroke-linejoin="round">`,
    `<path d="${limbs}"/></g>`,
    `<circle cx="${neck.x.toFixed(1)}" cy="${(neck.y - 17).toFixed(1)}" r="13" fill="#2b5d86"/>`,
    '</svg>',
  ].join('');
}
