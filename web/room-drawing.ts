import { svg } from './dom.ts';
import type { Room } from './house.ts';

/** One room of the drawing; `show` makes it look like the room is. */
export interface RoomDrawing {
  node: SVGElement;
  show: (room: Room) => void;
}

/** Where a room is drawn, in the drawing's units. */
export interface RoomPlace {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Screen colours of the tones that lights are told to have; any other CSS colour name is taken as it is. */
const tones: Record<string, string> = {
  white: '#fff1dc',
  'warm white': '#ffc873',
  warm: '#ffc873',
  'cool white': '#dcebff',
  cool: '#dcebff',
  daylight: '#eef5ff',
  red: '#ff5a4f',
  orange: '#ff9838',
  yellow: '#ffd93b',
  green: '#4fd675',
  blue: '#4f8dff',
  purple: '#a56bff',
  violet: '#a56bff',
  pink: '#ff7cc0',
  turquoise: '#35d6c6',
  cyan: '#43d3f2',
  magenta: '#f25bd8',
};

const windowBox = { x: 18, y: 22, width: 50, height: 52 };
const slats = 9;
let count = 0;

/** Draws a room: wall, window with blinds, lamp with its glow, and a piece of furniture that says which room it is. */
export function drawRoom({ name, x, y, width, height }: RoomPlace): RoomDrawing {
  const glowId = `glow-${count++}`;
  const lampX = width * 0.56;
  const near = svg('stop', { offset: '0', 'stop-opacity': '1' });
  const far = svg('stop', { offset: '1', 'stop-opacity': '0' });
  const glow = svg('radialGradient', { id: glowId, cx: String(lampX / width), cy: '0.3', r: '0.75' }, near, far);
  const wash = svg('rect', { class: 'wash', width: String(width), height: String(height) });
  const light = svg('rect', { class: 'glow', width: String(width), height: String(height), fill: `url(#${glowId})` });
  const bulb = svg('circle', { class: 'bulb', cx: String(lampX), cy: '35', r: '6' });
  const blinds = svg(
    'g',
    { class: 'blinds' },
    ...Array.from({ length: slats }, (_, index) =>
      svg('rect', {
        x: String(windowBox.x),
        y: String(windowBox.y + (index * windowBox.height) / slats),
        width: String(windowBox.width),
        height: String(windowBox.height / slats - 0.8),
        rx: '1',
      }),
    ),
  );
  const node = svg(
    'g',
    { transform: `translate(${x} ${y})` },
    svg('defs', {}, glow),
    svg('rect', { class: 'room', width: String(width), height: String(height) }),
    wash,
    light,
    svg('rect', { class: 'pane', ...boxAttributes }),
    svg('path', {
      class: 'frame',
      d:
        `M${windowBox.x + windowBox.width / 2} ${windowBox.y}v${windowBox.height}` +
        `M${windowBox.x} ${windowBox.y + windowBox.height / 2}h${windowBox.width}`,
    }),
    blinds,
    svg('rect', { class: 'frame', ...boxAttributes }),
    svg('path', { class: 'furniture', d: furniture(name, width, height - 28) }),
    svg('path', { class: 'cord', d: `M${lampX} 0v20` }),
    bulb,
    svg('path', { class: 'shade', d: `M${lampX - 7} 19h14l8 15h-30z` }),
    svg('rect', { class: 'floor', y: String(height - 28), width: String(width), height: '28' }),
  );
  const slatNodes = [...blinds.children];
  return {
    node,
    show({ light: { on, level, colour }, blinds: open }) {
      const strength = on ? level / 100 : 0;
      const tone = toneOf(colour);
      near.setAttribute('stop-color', tone);
      far.setAttribute('stop-color', tone);
      wash.setAttribute('fill', tone);
      bulb.setAttribute('fill', strength > 0 ? tone : 'transparent');
      // The eye sees small levels brighter than they are.
      wash.style.setProperty('opacity', String(strength === 0 ? 0 : 0.12 + 0.5 * strength));
      light.style.setProperty('opacity', String(strength === 0 ? 0 : 0.25 + 0.75 * strength));
      const closed = (1 - open / 100) * slats;
      slatNodes.forEach((slat, index) =>
        (slat as SVGElement).style.setProperty('opacity', String(Math.max(0, Math.min(1, closed - index)))),
      );
    },
  };
}

const boxAttributes = {
  x: String(windowBox.x),
  y: String(windowBox.y),
  width: String(windowBox.width),
  height: String(windowBox.height),
  rx: '2',
};

function toneOf(colour: string): string {
  return tones[colour.toLowerCase()] ?? (CSS.supports('color', colour) ? colour : tones['warm white']!);
}

/** A silhouette standing on the floor at `floor`. */
function furniture(name: string, width: number, floor: number): string {
  const right = width - 12;
  if (/kitchen/i.test(name)) {
    const fridge = `M${right - 30} ${floor}v-60h30v60z`;
    const counter = `M${right - 106} ${floor}v-30h72v30z`;
    const pot = `M${right - 90} ${floor - 31}v-10h20v10zM${right - 95} ${floor - 38}h30v-2h-30z`;
    return fridge + counter + pot;
  }
  if (/bed/i.test(name)) {
    const bed = `M${right - 104} ${floor}v-38h7v16h76q14 0 14 12v10h-7v-5h-83v5z`;
    const pillow = `M${right - 94} ${floor - 24}q0-9 9-9h14q7 0 7 9z`;
    return bed + pillow;
  }
  if (/office|study/i.test(name)) {
    const desk = `M${right - 96} ${floor}v-30h-6v-5h104v5h-6v30h-5v-30h-82v30z`;
    const screen = `M${right - 52} ${floor - 41}v-20h36v20h-15v4h6v2h-18v-2h6v-4z`;
    return desk + screen;
  }
  const left = `M${right - 108} ${floor}v-4h-4v-22q0-6 6-6t6 6v4h4v-14q0-8 8-8h68`;
  return `${left}q8 0 8 8v14h4v-4q0-6 6-6t6 6v22h-4v4h-6v-4h-92v4z`;
}
