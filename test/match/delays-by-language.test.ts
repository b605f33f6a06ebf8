import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar, dueOf, list, number, type GrammarCommand } from '../../src/grammar/index.ts';
import { languageOf } from '../../src/language/index.ts';
import { Matcher, understandText } from '../../src/match/index.ts';

/** A Sunday. */
const saidAt = new Date(2026, 10, 29, 17, 30);

/** A phrase for a light, and one that ends with a number. */
const phrases: Readonly<Record<string, readonly [light: string, volume: string]>> = {
  it: ['(accendi|spegni) la luce', 'volume a {n}'],
  nl: ['doe het licht (aan|uit)', 'volume op {n}'],
  pt: ['(acende|apaga) a luz', 'volume em {n}'],
  pl: ['(włącz|wyłącz) światło', 'głośność na {n}'],
  sv: ['(tänd|släck) lampan', 'volym på {n}'],
  zh: ['(打开|关)灯', '音量{n}'],
  ja: ['電気を(つけて|消して)', '音量{n}'],
};
const matchers = new Map(
  Object.entries(phrases).map(([language, [light, volume]]) => {
    const commands: GrammarCommand[] = [
      { name: 'light', phrases: [light], slots: { place: list(['x']) }, delayable: true },
      { name: 'volume', phrases: [volume], slots: { n: number({ max: 100 }) }, delayable: true },
    ];
    const { grammar, problems } = compileGrammar(commands, { language });
    expect(problems.filter(({ message }) => !message.includes('{place}'))).toEqual([]);
    return [language, new Matcher(grammar, defaultConfig.match)] as const;
  }),
);

/** The command and when it is due, as "light 18:40" or "light 30. 09:00". */
function meaning(language: string, said: string): string {
  const { match } = understandText(matchers.get(language)!, said);
  if (!match) return 'nothing';
  const { command, args, delay } = match;
  const due = delay && new Date(dueOf(delay.moment, saidAt)!.dueMs);
  const day = due && due.getDate() !== saidAt.getDate() ? `${due.getDate()}. ` : '';
  return [command, ...Object.values(args), due ? day + due.toTimeString().slice(0, 5) : 'now'].join(' ');
}

describe('A delay in other languages', () => {
  it.each([
    ['it', 'Spegni la luce tra dieci minuti.', 'light 17:40'],
    ['it', "Fra un'ora accendi la luce.", 'light 18:30'],
    ['it', "tra mezz'ora spegni la luce", 'light 18:00'],
    ['it', 'accendi la luce alle sei', 'light 18:00'],
    ['it', 'alle sei e mezza accendi la luce per favore', 'light 18:30'],
    ['it', 'spegni la luce alle sette meno un quarto', 'light 18:45'],
    ['it', "spegni la luce all'una di notte", 'light 30. 01:00'],
    ['it', 'accendi la luce domani alle nove', 'light 30. 09:00'],
    ['it', 'lunedì alle 18:40 accendi la luce', 'light 30. 18:40'],
    ['it', 'spegni la luce a mezzanotte', 'light 30. 00:00'],
    ['it', 'domani a mezzogiorno spegni la luce', 'light 30. 12:00'],
    ['it', 'stasera alle otto accendi la luce', 'light 20:00'],
    ['it', 'volume a cinque tra un minuto', 'volume 5 17:31'],
    ['nl', 'Doe het licht uit over tien minuten.', 'light 17:40'],
    ['nl', 'over een half uur doe het licht uit', 'light 18:00'],
    ['nl', 'over anderhalf uur doe het licht uit', 'light 19:00'],
    ['nl', 'doe het licht aan om zes uur', 'light 18:00'],
    ['nl', 'doe het licht aan om half zeven', 'light 18:30'],
    ['nl', 'om kwart over zes doe het licht aan', 'light 18:15'],
    ['nl', 'doe het licht uit om vijf voor half zeven', 'light 18:25'],
    ['nl', 'morgen om negen uur doe het licht aan', 'light 30. 09:00'],
    ['nl', 'doe het licht aan op maandag om 18:40', 'light 30. 18:40'],
    ['nl', 'vanavond om acht uur doe het licht uit', 'light 20:00'],
    ['nl', "doe het licht aan om zes uur 's ochtends", 'light 30. 06:00'],
    ['nl', 'doe het licht uit om middernacht', 'light 30. 00:00'],
    ['nl', 'volume op vijf over een minuut', 'volume 5 17:31'],
    ['pt', 'Apaga a luz daqui a dez minutos.', 'light 17:40'],
    ['pt', 'em meia hora apaga a luz', 'light 18:00'],
    ['pt', 'dentro de uma hora e meia apaga a luz', 'light 19:00'],
    ['pt', 'acende a luz às seis', 'light 18:00'],
    ['pt', 'acende a luz às seis e meia', 'light 18:30'],
    ['pt', 'às seis e quinze acende a luz', 'light 18:15'],
    ['pt', 'apaga a luz às dez para as sete', 'light 18:50'],
    ['pt', 'acende a luz às 18h40', 'light 18:40'],
    ['pt', 'amanhã às nove acende a luz', 'light 30. 09:00'],
    ['pt', 'acende a luz na segunda-feira às nove', 'light 30. 09:00'],
    ['pt', 'apaga a luz ao meio-dia', 'light 30. 12:00'],
    ['pt', 'apaga a luz à meia-noite', 'light 30. 00:00'],
    ['pt', 'hoje à noite às oito apaga a luz', 'light 20:00'],
    ['pt', 'volume em cinco em um minuto', 'volume 5 17:31'],
    ['pl', 'Wyłącz światło za dziesięć minut.', 'light 17:40'],
    ['pl', 'za pół godziny wyłącz światło', 'light 18:00'],
    ['pl', 'za godzinę włącz światło', 'light 18:30'],
    ['pl', 'włącz światło o szóstej', 'light 18:00'],
    ['pl', 'włącz światło o szóstej trzydzieści', 'light 18:30'],
    ['pl', 'o wpół do siódmej włącz światło', 'light 18:30'],
    ['pl', 'wyłącz światło za kwadrans siódma', 'light 18:45'],
    ['pl', 'wyłącz światło kwadrans po szóstej', 'light 18:15'],
    ['pl', 'wyłącz światło o 18:40', 'light 18:40'],
    ['pl', 'jutro o dziewiątej włącz światło', 'light 30. 09:00'],
    ['pl', 'w poniedziałek o dziewiątej rano włącz światło', 'light 30. 09:00'],
    ['pl', 'dziś wieczorem o ósmej wyłącz światło', 'light 20:00'],
    ['pl', 'wyłącz światło o dwudziestej pierwszej', 'light 21:00'],
    ['pl', 'wyłącz światło w południe', 'light 30. 12:00'],
    ['pl', 'wyłącz światło o północy', 'light 30. 00:00'],
    ['pl', 'głośność na pięć za minutę', 'volume 5 17:31'],
    ['sv', 'Släck lampan om tio minuter.', 'light 17:40'],
    ['sv', 'om en halvtimme släck lampan', 'light 18:00'],
    ['sv', 'tänd lampan klockan sex', 'light 18:00'],
    ['sv', 'tänd lampan halv sju', 'light 18:30'],
    ['sv', 'klockan kvart över sex tänd lampan', 'light 18:15'],
    ['sv', 'släck lampan kvart i sju', 'light 18:45'],
    ['sv', 'släck lampan klockan fem i halv sju', 'light 18:25'],
    ['sv', 'tänd lampan kl 18:40', 'light 18:40'],
    ['sv', 'imorgon klockan nio tänd lampan', 'light 30. 09:00'],
    ['sv', 'tänd lampan på måndag klockan nio', 'light 30. 09:00'],
    ['sv', 'i kväll klockan åtta släck lampan', 'light 20:00'],
    ['sv', 'släck lampan vid midnatt', 'light 30. 00:00'],
    ['sv', 'volym på fem om en minut', 'volume 5 17:31'],
    ['zh', '十分钟后关灯', 'light 17:40'],
    ['zh', '请在半小时之后关灯。', 'light 18:00'],
    ['zh', '半小时后打开灯', 'light 18:00'],
    ['zh', '10 分钟以后关灯', 'light 17:40'],
    ['zh', '过十分钟关灯', 'light 17:40'],
    ['zh', '六点打开灯', 'light 18:00'],
    ['zh', '请六点半打开灯', 'light 18:30'],
    ['zh', '下午六点一刻关灯', 'light 18:15'],
    ['zh', '明天早上九点打开灯', 'light 30. 09:00'],
    ['zh', '星期一九点打开灯', 'light 30. 09:00'],
    ['zh', '今晚八点关灯', 'light 20:00'],
    ['zh', '关灯在今晚八点', 'light 20:00'],
    ['zh', '中午关灯', 'light 30. 12:00'],
    ['zh', '一分钟后音量五', 'volume 5 17:31'],
    ['ja', '十分後に電気を消して', 'light 17:40'],
    ['ja', '10分後電気を消してください', 'light 17:40'],
    ['ja', '１時間後に電気をつけて', 'light 18:30'],
    ['ja', '六時に電気をつけて', 'light 18:00'],
    ['ja', '6時半に電気をつけて', 'light 18:30'],
    ['ja', '午後6時15分に電気をつけて', 'light 18:15'],
    ['ja', '明日の朝九時に電気をつけて', 'light 30. 09:00'],
    ['ja', '月曜日の九時に電気をつけて', 'light 30. 09:00'],
    ['ja', '今夜八時に電気を消して', 'light 20:00'],
    ['ja', '正午に電気を消して', 'light 30. 12:00'],
    ['ja', '一分後に音量五', 'volume 5 17:31'],
  ])('in %s, “%s” means %s', (language, said, meant) => {
    expect(meaning(language, said)).toBe(meant);
  });

  it.each([
    ['it', 'spegni la luce per dieci minuti'],
    ['it', 'accendi la luce fino alle sei'],
    ['it', 'accendi la luce sei'],
    ['it', 'non spegnere la luce tra dieci minuti'],
    ['nl', 'doe het licht aan tien minuten'],
    ['nl', 'doe het licht aan tot zes uur'],
    ['nl', 'doe het licht niet uit over tien minuten'],
    ['nl', 'doe het licht elke dag om zes uur aan'],
    ['pt', 'apaga a luz por dez minutos'],
    ['pt', 'acende a luz até às seis'],
    ['pt', 'não apagues a luz daqui a dez minutos'],
    ['pl', 'włącz światło na dziesięć minut'],
    ['pl', 'włącz światło do szóstej'],
    ['pl', 'nie włączaj światła za dziesięć minut'],
    ['sv', 'tänd lampan i tio minuter'],
    ['sv', 'tänd lampan till klockan sex'],
    ['sv', 'släck inte lampan om tio minuter'],
    ['zh', '十分钟后不要关灯'],
    ['zh', '关灯十分钟'],
    ['zh', '每天六点关灯'],
    ['zh', '音量二十五分钟后'],
    ['ja', '十分後に電気を消さないで'],
    ['ja', '六時まで電気をつけて'],
    ['ja', '毎日六時に電気をつけて'],
    ['ja', '音量二十五分後'],
  ])('in %s, “%s” runs nothing', (language, said) => {
    expect(meaning(language, said)).toBe('nothing');
  });
});

describe.each(Object.keys(phrases))('Each hour and quarter in %s', (language) => {
  it('is understood in the words of the clock', () => {
    const spoken = languageOf(language);
    const hours = Array.from({ length: 12 }, (_, i) => i + 1);
    const named = (hour: number): string[] => {
      const own = Object.entries(spoken.times!.hours ?? {}).filter(
        ([word, value]) => value === hour && word.endsWith('ej'),
      );
      return own.length > 0 ? own.map(([word]) => word) : spoken.spell(hour);
    };
    const at: Readonly<Record<string, (hour: string) => string>> = {
      it: (hour) => `alle ${hour} spegni la luce`,
      nl: (hour) => `om ${hour} uur doe het licht uit`,
      pt: (hour) => `às ${hour} apaga a luz`,
      pl: (hour) => `o ${hour} wyłącz światło`,
      sv: (hour) => `klockan ${hour} släck lampan`,
      zh: (hour) => `${hour}点关灯`,
      ja: (hour) => `${hour}時に電気を消して`,
    };
    for (const hour of hours) {
      const due = new Date(2026, 10, 29, hour < 6 ? hour + 24 : hour + 12);
      const day = due.getDate() === 29 ? '' : `${due.getDate()}. `;
      for (const word of named(hour))
        expect([word, meaning(language, at[language]!(word))]).toEqual([
          word,
          `light ${day}${due.toTimeString().slice(0, 5)}`,
        ]);
    }
  });
});
