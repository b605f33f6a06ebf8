import { byId, element, svg } from './dom.ts';
import { countdown, hasHouse, type House, type Room } from './house.ts';
import { drawRoom, type RoomDrawing } from './room-drawing.ts';
import type { ViewState } from './view-state.ts';

/** The size of the drawing, in its own units. */
const width = 480;
const roofHeight = 96;
const floorHeight = 130;
const groundHeight = 16;
const roomWidth = 198;
const wall = 6;
const left = (width - 2 * roomWidth - wall) / 2;

/** Draws the house: two rooms per floor with their lights and blinds, and below them the scene and the timer. */
export class HouseView {
  readonly #card = byId('house-card', HTMLElement);
  readonly #parent = byId('house', HTMLElement);
  readonly #scene = byId('scene', HTMLElement);
  readonly #timer = byId('timer', HTMLElement);
  #shown: House | undefined;
  #rooms = new Map<string, { drawing: RoomDrawing; label: HTMLElement }>();
  #ticking: ReturnType<typeof setInterval> | undefined;

  update({ house, commands }: ViewState): void {
    this.#card.hidden = !house || !hasHouse(commands);
    if (!house || house === this.#shown) return;
    const names = Object.keys(house.rooms);
    if (names.join() !== [...this.#rooms.keys()].join()) this.#build(names);
    this.#shown = house;
    for (const [name, room] of Object.entries(house.rooms)) {
      const { drawing, label } = this.#rooms.get(name)!;
      drawing.show(room);
      label.replaceChildren(...labelNodes(name, room));
    }
    this.#scene.textContent = house.scene === '' ? '' : `Scene: ${house.scene}`;
    this.#showTimer();
    clearInterval(this.#ticking);
    if (house.timer) this.#ticking = setInterval(() => this.#showTimer(), 250);
  }

  #build(names: string[]): void {
    const floors = Math.max(1, Math.ceil(names.length / 2));
    const height = roofHeight + floors * floorHeight + groundHeight;
    const picture = svg('svg', { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
    const labels = element('ul', { class: 'room-labels' });
    picture.append(...drawOutside(height, floors));
    this.#rooms = new Map(
      names.map((name, index) => {
        const x = left + (index % 2) * (roomWidth + wall);
        const y = roofHeight + (floors - 1 - Math.floor(index / 2)) * floorHeight;
        const drawing = drawRoom({ name, x, y, width: roomWidth, height: floorHeight - wall });
        picture.append(drawing.node);
        const label = element('li');
        label.style.setProperty('left', `${(x / width) * 100}%`);
        label.style.setProperty('width', `${(roomWidth / width) * 100}%`);
        label.style.setProperty('bottom', `${((height - y - floorHeight + wall) / height) * 100}%`);
        labels.append(label);
        return [name, { drawing, label }];
      }),
    );
    this.#parent.replaceChildren(picture, labels);
  }

  #showTimer(): void {
    const timer = this.#shown?.timer;
    if (!timer) {
      this.#timer.replaceChildren();
      return;
    }
    const left = countdown(timer.endsAt, Date.now());
    this.#timer.replaceChildren(
      timer.label === '' ? 'Timer ' : `${timer.label} `,
      element('strong', {}, left === '0:00' ? 'time is up' : left),
    );
    if (left === '0:00') clearInterval(this.#ticking);
  }
}

function drawOutside(height: number, floors: number): Node[] {
  const ground = height - groundHeight;
  const stars = [
    [52, 30],
    [108, 58],
    [166, 20],
    [330, 24],
    [398, 66],
    [446, 28],
    [24, 84],
  ];
  return [
    svg('g', { class: 'stars' }, ...stars.map(([x, y]) => svg('circle', { cx: String(x), cy: String(y), r: '1.4' }))),
    svg('circle', { class: 'moon', cx: '424', cy: '44', r: '15' }),
    svg('rect', { class: 'ground', x: '0', y: String(ground), width: String(width), height: String(groundHeight) }),
    svg('path', { class: 'chimney', d: `M346 ${roofHeight - 8}V26h26v${roofHeight - 20}z` }),
    svg('rect', {
      class: 'walls',
      x: String(left - wall),
      y: String(roofHeight - wall),
      width: String(width - 2 * (left - wall)),
      height: String(floors * floorHeight + wall),
      rx: '3',
    }),
    svg('path', {
      class: 'roof',
      d: `M${left - 26} ${roofHeight - wall} L${width / 2} 14 L${width - left + 26} ${roofHeight - wall}z`,
    }),
    svg('circle', { class: 'attic', cx: String(width / 2), cy: '62', r: '11' }),
  ];
}

function labelNodes(name: string, { light, blinds }: Room): Node[] {
  const isLit = light.on && light.level > 0;
  const tone = light.colour === '' ? '' : `, ${light.colour}`;
  return [
    element('span', { class: 'room-name' }, name),
    element('span', { class: 'visually-hidden' }, isLit ? `, light ` : ', light '),
    element('span', { class: isLit ? 'room-light on' : 'room-light' }, isLit ? `${Math.round(light.level)} %` : 'off'),
    element('span', { class: 'visually-hidden' }, `${isLit ? tone : ''}, blinds ${blindsWords(blinds)}`),
  ];
}

function blindsWords(percent: number): string {
  return percent === 0 ? 'closed' : percent === 100 ? 'open' : `${Math.round(percent)} % open`;
}
