import { defineCommand, list } from 'heed';
import { area } from './_casa.ts';

export default defineCommand({
  description: 'Dice la temperatura, el tiempo, la hora y el día.',
  phrases: {
    es: [
      '(cuál es|cómo está) la {sensor}',
      'cómo está {sensor}',
      'cuál es la temperatura [(de|en) [la|el] ({area}|{thermostat})]',
      'cuánto calor hace [en [la|el] {area}]',
      'qué {weather} hace [en {city}]',
      'qué {now} es',
    ],
  },
  slots: {
    area,
    sensor: list(['humedad exterior', 'temperatura exterior']),
    thermostat: list([{ value: 'ecobee', say: ['EcoBee'] }]),
    weather: list(['temperatura', 'tiempo']),
    now: list(['hora', 'día']),
    city: list([{ value: 'new york', say: ['New York', 'Nueva York'] }, 'madrid', 'sevilla']),
  },
  examples: [
    { say: 'cuál es la temperatura en la cocina', args: { area: 'cocina' } },
    { say: 'qué hora es', args: { now: 'hora' } },
  ],
  not: ['qué frío hace', 'qué día tan bonito'],
  run: () => ({}),
});
