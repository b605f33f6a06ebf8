// What the commands of the demonstration house share. A file whose name begins with "_" is not a command.
import { list, type CommandState } from 'heed';

export const rooms = ['kitchen', 'living room', 'bedroom', 'office'] as const;
export const colours = ['warm white', 'white', 'red', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink'] as const;

export type RoomName = (typeof rooms)[number];
export type Colour = (typeof colours)[number];

export interface Room {
  /** `level` is 0–100. */
  light: { on: boolean; level: number; colour: Colour };
  /** How far the blinds are open: 0 is closed, 100 is open. */
  blinds: number;
}

export interface House {
  rooms: Record<RoomName, Room>;
  /** `endsAt` is an ISO date. */
  timer: { endsAt: string; label: string } | null;
  /** Empty when the rooms were changed by hand. */
  scene: string;
}

const quietRoom: Room = { light: { on: false, level: 80, colour: 'warm white' }, blinds: 100 };

/** The house before anything has been said. */
export const newHouse: House = {
  rooms: { kitchen: quietRoom, 'living room': quietRoom, bedroom: quietRoom, office: quietRoom },
  timer: null,
  scene: '',
};

/** The slot for a room. */
export const room = list([
  { value: 'kitchen', say: { en: ['kitchen'], de: ['Küche'] } },
  { value: 'living room', say: { en: ['living room', 'lounge'], de: ['Wohnzimmer'] } },
  { value: 'bedroom', say: { en: ['bedroom'], de: ['Schlafzimmer'] } },
  { value: 'office', say: { en: ['office', 'study'], de: ['Büro', 'Arbeitszimmer'] } },
]);

/** The name of a room in German, with its preposition and article. */
export const inRoom: Record<RoomName, string> = {
  kitchen: 'in der Küche',
  'living room': 'im Wohnzimmer',
  bedroom: 'im Schlafzimmer',
  office: 'im Büro',
};

export function houseOf(state: CommandState): House {
  return state.get<House>('house') ?? newHouse;
}

/** Changes parts of a room, or of all rooms, and returns a function that restores these parts. */
export function changeRooms(
  state: CommandState,
  name: RoomName | undefined,
  change: (room: Room) => Partial<Room>,
): () => void {
  const before = houseOf(state);
  const changes = new Map((name ? [name] : rooms).map((each) => [each, change(before.rooms[each])]));
  state.set('house', { ...before, scene: '', rooms: withChanges(before.rooms, (each) => changes.get(each)) });
  return () => {
    const now = houseOf(state);
    const old = (each: RoomName): Partial<Room> =>
      Object.fromEntries(
        Object.keys(changes.get(each) ?? {}).map((part) => [part, before.rooms[each][part as keyof Room]]),
      );
    state.set('house', { ...now, scene: before.scene, rooms: withChanges(now.rooms, old) });
  };
}

function withChanges(
  all: Record<RoomName, Room>,
  changeOf: (name: RoomName) => Partial<Room> | undefined,
): Record<RoomName, Room> {
  return Object.fromEntries(rooms.map((name) => [name, { ...all[name], ...changeOf(name) }])) as Record<RoomName, Room>;
}
