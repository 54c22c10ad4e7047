export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface Palette {
  background: string;
  /** Titles and figures. */
  ink: string;
  /** What explains. */
  muted: string;
  grid: string;
  /** What the picture is about. */
  accent: string;
  /** The same, in the background. */
  soft: string;
  /** What is worth a cheer. */
  highlight: string;
}

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    background: '#ffffff',
    ink: '#1c2733',
    muted: '#566573',
    grid: '#e6ebef',
    accent: '#0b7a5b',
    soft: '#c3e3d8',
    highlight: '#c26a00',
  },
  dark: {
    background: '#141b22',
    ink: '#f1f5f8',
    muted: '#a3b2c0',
    grid: '#2a3540',
    accent: '#4fd1a5',
    soft: '#2c5a4b',
    highlight: '#ffb547',
  },
};
