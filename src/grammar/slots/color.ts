import { z } from 'zod';
import { perLanguage } from './per-language.ts';
import type { Slot } from './slot.ts';
import { readAll, table } from './spoken-part.ts';

/** The colours that can be said, by their names in CSS, as CSS defines them. */
const hexes = {
  red: '#ff0000',
  orange: '#ffa500',
  yellow: '#ffff00',
  green: '#008000',
  blue: '#0000ff',
  purple: '#800080',
  violet: '#ee82ee',
  pink: '#ffc0cb',
  white: '#ffffff',
  black: '#000000',
  gray: '#808080',
  brown: '#a52a2a',
  cyan: '#00ffff',
  magenta: '#ff00ff',
  turquoise: '#40e0d0',
  lime: '#00ff00',
  navy: '#000080',
  teal: '#008080',
  olive: '#808000',
  maroon: '#800000',
  gold: '#ffd700',
  silver: '#c0c0c0',
  beige: '#f5f5dc',
  lightblue: '#add8e6',
  darkblue: '#00008b',
  lightgreen: '#90ee90',
  darkgreen: '#006400',
  darkred: '#8b0000',
} as const;

/** The name of a colour in CSS. */
export type ColorName = keyof typeof hexes;

/** A colour. */
export interface Color {
  name: ColorName;
  /** "#rrggbb". */
  hex: string;
}

const names = Object.keys(hexes) as ColorName[];

const spokenColors = perLanguage((language) =>
  table(
    names.flatMap((name) =>
      (language.things?.colors[name] ?? [name]).map((way): [string, Color] => [way, { name, hex: hexes[name] }]),
    ),
  ),
);

/** A colour by its usual name: "red", "light blue". */
export function color(): Slot<Color> {
  return {
    type: 'color',
    schema: z.object({ name: z.enum(names as [ColorName, ...ColorName[]]), hex: z.string().regex(/^#[0-9a-f]{6}$/) }),
    key: 'color',
    vagueness: 0.1,
    guessable: true,
    problems: () => [],
    pattern: (language) => spokenColors(language).pattern,
    parse: (words, language) => readAll(spokenColors(language), words),
    hint: (language) =>
      names
        .slice(0, 5)
        .map((name) => language.things?.colors[name]?.[0] ?? name)
        .join(', '),
  };
}
