import { defineCommand, duration } from 'heed';
import { room } from './_meeting.ts';

export default defineCommand({
  description: 'Books or frees a meeting room, from now on.',
  phrases: [
    '(book|reserve) [the|this] {room} for {time}',
    '(book|reserve) this room for {time}',
    '(release|free) [the|this] {room}',
    '(extend|prolong) (the|our|this) (meeting|booking) by {more}',
  ],
  slots: { room, time: duration(), more: duration() },
  examples: [
    { say: 'book the board room for an hour', args: { room: 'board room', time: 3600 } },
    { say: 'extend the meeting by fifteen minutes', args: { more: 900 } },
  ],
  not: ['the room is booked for an hour', 'a good book'],
  run: () => ({}),
});
