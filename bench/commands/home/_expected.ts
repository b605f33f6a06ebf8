import { isDeepStrictEqual } from 'node:util';
import type { CommandMatch } from '../../../src/types.ts';

/** What a sentence must be understood as. */
export interface Expected {
  command: string;
  args: Record<string, unknown>;
}

/** The sentences of the smart-home clips, as their labels have them. */
export const expected: Readonly<Record<string, Expected>> = {
  'close the Kitchen windows': { command: 'cover', args: { action: 'close', area: 'kitchen', kind: 'window' } },
  'close the Sliding Door': { command: 'cover', args: { action: 'close', name: 'sliding door' } },
  'close the windows in the Office': { command: 'cover', args: { action: 'close', kind: 'window', area: 'office' } },
  'create a timer for 4 and a half hours': { command: 'start-timer', args: { length: 16200 } },
  'create a timer for 5 and a half minutes': { command: 'start-timer', args: { length: 330 } },
  'create a timer for 5 minutes': { command: 'start-timer', args: { length: 300 } },
  'create timer for 6 hours and 20 minutes': { command: 'start-timer', args: { length: 22800 } },
  'how much time is left on my timer': { command: 'timer-status', args: {} },
  'is the Front Door unlocked': { command: 'lock-state', args: { name: 'front door', state: 'unlocked' } },
  'is the Sliding Door closed': { command: 'cover-state', args: { name: 'sliding door', state: 'closed' } },
  'is the Sliding Door open': { command: 'cover-state', args: { name: 'sliding door', state: 'open' } },
  'next on TV': { command: 'next-track', args: { player: 'tv' } },
  'next track': { command: 'next-track', args: {} },
  'open the Office curtains': { command: 'cover', args: { action: 'open', area: 'office', kind: 'curtain' } },
  'open the Sliding Door in the Office': { command: 'cover', args: { action: 'open', name: 'sliding door', area: 'office' } },
  'open the Sliding Door': { command: 'cover', args: { action: 'open', name: 'sliding door' } },
  'open the blinds in the Office': { command: 'cover', args: { action: 'open', kind: 'blind', area: 'office' } },
  'pause the TV': { command: 'media', args: { action: 'pause', player: 'tv' } },
  'resume TV': { command: 'media', args: { action: 'resume', player: 'tv' } },
  'resume the timer': { command: 'timers', args: { action: 'resume' } },
  'run Party Time script': { command: 'run-script', args: { script: 'party time' } },
  'set Bed Light brightness to 75 percent': { command: 'brightness', args: { name: 'bed light', level: 75 } },
  'set Bed Light color to orange': { command: 'color', args: { name: 'bed light', color: 'orange' } },
  'set Kitchen brightness to 100 percent': { command: 'brightness', args: { area: 'kitchen', level: 100 } },
  'set Kitchen lights to white': { command: 'color', args: { area: 'kitchen', color: 'white' } },
  'set a timer for 1 hour and 1 minute': { command: 'start-timer', args: { length: 3660 } },
  'set a timer for 1 hour': { command: 'start-timer', args: { length: 3600 } },
  'set brightness of the Bed Light to 10 percent': { command: 'brightness', args: { name: 'bed light', level: 10 } },
  'set brightness to 50 percent': { command: 'brightness', args: { level: 50 } },
  'set color of lights to green': { command: 'color', args: { color: 'green' } },
  'set color of the Kitchen lights to blue': { command: 'color', args: { area: 'kitchen', color: 'blue' } },
  'set lights in the Kitchen to yellow': { command: 'color', args: { area: 'kitchen', color: 'yellow' } },
  'set lights to red': { command: 'color', args: { color: 'red' } },
  'set the brightness of the Kitchen to 25 percent': { command: 'brightness', args: { area: 'kitchen', level: 25 } },
  'set the color of the Bed Light to yellow': { command: 'color', args: { name: 'bed light', color: 'yellow' } },
  'set timer for 1 minute and 45 seconds': { command: 'start-timer', args: { length: 105 } },
  'skip this song': { command: 'next-track', args: {} },
  'skip track on the TV': { command: 'next-track', args: { player: 'tv' } },
  'start a timer for 1 hour and 8 minutes': { command: 'start-timer', args: { length: 4080 } },
  'start a timer for 1 minute': { command: 'start-timer', args: { length: 60 } },
  'start a timer for 10 minutes and 20 seconds': { command: 'start-timer', args: { length: 620 } },
  'start timer for 3 hours': { command: 'start-timer', args: { length: 10800 } },
  'status of the timers': { command: 'timer-status', args: {} },
  'stop all of my timers': { command: 'timers', args: { action: 'stop', all: true } },
  'stop my timer': { command: 'timers', args: { action: 'stop' } },
  'turn Bed Light off': { command: 'device', args: { name: 'bed light', state: 'off' } },
  'turn Bed Light on': { command: 'device', args: { name: 'bed light', state: 'on' } },
  'turn off TV': { command: 'device', args: { state: 'off', name: 'tv' } },
  'turn off all of the Kitchen lights': { command: 'lights', args: { state: 'off', area: 'kitchen' } },
  'turn off all of the lights in the Kitchen': { command: 'lights', args: { state: 'off', area: 'kitchen' } },
  'turn off the TV in the Office': { command: 'device', args: { state: 'off', name: 'tv', area: 'office' } },
  'turn off the lights in here': { command: 'lights', args: { state: 'off' } },
  'turn on lights in the Kitchen': { command: 'lights', args: { state: 'on', area: 'kitchen' } },
  'turn on the Kitchen lights': { command: 'lights', args: { state: 'on', area: 'kitchen' } },
  'turn on the TV in the Kitchen': { command: 'device', args: { state: 'on', name: 'tv', area: 'kitchen' } },
  'turn on the TV': { command: 'device', args: { state: 'on', name: 'tv' } },
  'turn on the lights': { command: 'lights', args: { state: 'on' } },
  'turn the Standing Light in the Office off': { command: 'device', args: { name: 'standing light', area: 'office', state: 'off' } },
  'turn the Standing Light in the Office on': { command: 'device', args: { name: 'standing light', area: 'office', state: 'on' } },
  'turn the lights off in here': { command: 'lights', args: { state: 'off' } },
  'turn the lights on': { command: 'lights', args: { state: 'on' } },
  'unlock the Front Door': { command: 'lock', args: { action: 'unlock', name: 'front door' } },
  'what is the EcoBee temperature': { command: 'temperature', args: { name: 'ecobee' } },
  'what is the temperature': { command: 'temperature', args: {} },
  'what is the value of Outdoor Humidity': { command: 'sensor', args: { sensor: 'outdoor humidity' } },
  "what is today's date": { command: 'calendar', args: {} },
  "what's the New York weather": { command: 'weather', args: { city: 'new york' } },
  "what's the Office temp": { command: 'temperature', args: { area: 'office' } },
  "what's the temp of the EcoBee": { command: 'temperature', args: { name: 'ecobee' } },
  "what's the temp": { command: 'temperature', args: {} },
  "what's the temperature in the Kitchen": { command: 'temperature', args: { area: 'kitchen' } },
  "what's the time": { command: 'clock', args: {} },
  "what's the weather in New York": { command: 'weather', args: { city: 'new york' } },
};

/** Whether a sentence was understood as it must be: the command and all its arguments. False for a sentence that is not in the table. */
export function isRight(transcript: string, match: Pick<CommandMatch, 'command' | 'args'> | undefined): boolean {
  const wanted = expected[transcript];
  return wanted !== undefined && match !== undefined && match.command === wanted.command && isDeepStrictEqual({ ...match.args }, wanted.args);
}
