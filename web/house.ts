/** A room, as the `state` events of the topic "house" describe it. */
export interface Room {
  light: { on: boolean; level: number; colour: string };
  /** How far the blinds are open, percent. */
  blinds: number;
}

/** The demonstration house. */
export interface House {
  rooms: Record<string, Room>;
  timer: { endsAt: string; label: string } | null;
  scene: string;
}

/** The sample commands that change the house. */
const houseCommands = ['lights', 'brightness', 'colour', 'blinds', 'scene'];
/** Most of these names together mean the sample; commands of another project may well share one or two of them. */
const minHouseCommands = 3;

/** Whether the sample's house commands are among these. */
export function hasHouse(commands: readonly { name: string }[]): boolean {
  return commands.filter(({ name }) => houseCommands.includes(name)).length >= minHouseCommands;
}

const restingRoom: Room = { light: { on: false, level: 0, colour: '' }, blinds: 100 };

/** The house before anybody has changed anything. */
export const restingHouse: House = {
  rooms: { kitchen: restingRoom, 'living room': restingRoom, bedroom: restingRoom, office: restingRoom },
  timer: null,
  scene: '',
};

type Fields = Record<string, unknown>;

/** Reads the house from an event's value; undefined when the value is something else. */
export function readHouse(value: unknown): House | undefined {
  if (!isFields(value) || !isFields(value['rooms'])) return undefined;
  const rooms: Record<string, Room> = {};
  for (const [name, room] of Object.entries(value['rooms'])) if (isFields(room)) rooms[name] = readRoom(room);
  const timer = value['timer'];
  return {
    rooms,
    timer:
      isFields(timer) && typeof timer['endsAt'] === 'string'
        ? { endsAt: timer['endsAt'], label: text(timer['label']) }
        : null,
    scene: text(value['scene']),
  };
}

function readRoom(room: Fields): Room {
  const light = isFields(room['light']) ? room['light'] : {};
  return {
    light: { on: light['on'] === true, level: percent(light['level']), colour: text(light['colour']) },
    blinds: percent(room['blinds']),
  };
}

/** Formats the time left of a timer as "4:05" or "1:00:00"; "0:00" when it is over. */
export function countdown(endsAt: string, nowMs: number): string {
  const leftSeconds = Math.max(0, Math.ceil((Date.parse(endsAt) - nowMs) / 1000)) || 0;
  const pad = (count: number): string => String(count).padStart(2, '0');
  const minutes = Math.floor(leftSeconds / 60);
  return minutes < 60
    ? `${minutes}:${pad(leftSeconds % 60)}`
    : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(leftSeconds % 60)}`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function percent(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(0, Math.min(100, value)) : 0;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
