import { defineCommand, list } from 'heed';

export default defineCommand({
  description: "Dit l'heure et le temps qu'il fait.",
  phrases: { fr: ['quelle heure est-il', 'quel temps fait-il [à {city}]', 'quelle est la date [du jour]'] },
  slots: { city: list(['new york', 'paris', 'lyon']) },
  examples: [{ say: 'quel temps fait-il à New York', args: { city: 'new york' } }, { say: 'quelle heure est-il' }],
  not: ["c'est l'heure de manger"],
  run: () => ({}),
});
