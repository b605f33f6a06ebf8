import { describe, expect, it, vi } from 'vitest';
import { date, dateTime, time } from '../../../src/grammar/index.ts';
import { patient } from '../../patience.ts';
import { read, valueOf } from './read.ts';

vi.setConfig({ testTimeout: patient(20_000) });

/** A Sunday, shortly after three in the afternoon. */
const now = (): Date => new Date(2026, 10, 29, 15, 10, 30);

describe('A date', () => {
  const next = date({ now });
  const last = date({ now, prefer: 'past' });

  it.each<[string, string, string | undefined, string | undefined]>([
    ['en', 'today', '2026-11-29', '2026-11-29'],
    ['en', 'tomorrow', '2026-11-30', '2026-11-30'],
    ['en', 'on friday', '2026-12-04', '2026-11-27'],
    ['en', 'sunday', '2026-11-29', '2026-11-22'],
    ['en', 'next friday', '2026-12-04', '2026-12-04'],
    ['en', 'this friday', '2026-11-27', '2026-11-27'],
    ['en', 'last friday', '2026-11-20', '2026-11-20'],
    ['en', 'on the third of March', '2027-03-03', '2026-03-03'],
    ['en', 'March 3rd 2027', '2027-03-03', '2027-03-03'],
    ['en', 'march third twenty thirty one', '2031-03-03', '2031-03-03'],
    ['en', 'the 29th of February', '2028-02-29', '2024-02-29'],
    ['en', 'the 31st', '2026-12-31', '2026-10-31'],
    ['en', 'friday the thirteenth', '2026-11-13', '2026-11-13'],
    ['en', 'the first monday of january', '2027-01-04', '2026-01-05'],
    ['en', 'the last friday of this month', '2026-11-27', '2026-11-27'],
    ['en', 'the fifth friday of february', '2036-02-29', '2008-02-29'],
    ['en', 'in two weeks', '2026-12-13', '2026-12-13'],
    ['en', 'in a month', '2026-12-29', '2026-12-29'],
    ['en', 'three days ago', '2026-11-26', '2026-11-26'],
    ['en', 'a week from tomorrow', '2026-12-07', '2026-12-07'],
    ['en', '12/3', '2026-12-03', '2025-12-03'],
    ['en', '2026-12-03', '2026-12-03', '2026-12-03'],
    ['en', 'february 30', undefined, undefined],
    ['en', 'the 32nd', undefined, undefined],
    ['en', 'eight', '2026-12-08', '2026-11-08'],
    ['en', 'someday', undefined, undefined],
    ['de', 'morgen', '2026-11-30', '2026-11-30'],
    ['de', 'am dritten März', '2027-03-03', '2026-03-03'],
    ['de', 'am dritten zwölften', '2026-12-03', '2025-12-03'],
    ['de', '3.12.', '2026-12-03', '2025-12-03'],
    ['de', 'am 3.12.2027', '2027-12-03', '2027-12-03'],
    ['de', 'nächsten Freitag', '2026-12-04', '2026-12-04'],
    ['de', 'übernächsten Freitag', '2026-12-11', '2026-12-11'],
    ['de', 'in vierzehn Tagen', '2026-12-13', '2026-12-13'],
    ['de', 'vor drei Tagen', '2026-11-26', '2026-11-26'],
    ['de', 'Freitag nächster Woche', '2026-12-04', '2026-12-04'],
    ['fr', 'demain', '2026-11-30', '2026-11-30'],
    ['fr', 'le trois mars', '2027-03-03', '2026-03-03'],
    ['fr', 'le premier avril 2027', '2027-04-01', '2027-04-01'],
    ['fr', 'vendredi prochain', '2026-12-04', '2026-12-04'],
    ['fr', 'dans deux semaines', '2026-12-13', '2026-12-13'],
    ['fr', 'il y a trois jours', '2026-11-26', '2026-11-26'],
    ['es', 'mañana', '2026-11-30', '2026-11-30'],
    ['es', 'el tres de marzo de 2027', '2027-03-03', '2027-03-03'],
    ['es', 'el próximo viernes', '2026-12-04', '2026-12-04'],
    ['es', 'dentro de dos semanas', '2026-12-13', '2026-12-13'],
    ['es', 'hace tres días', '2026-11-26', '2026-11-26'],
    ['es', 'el viernes que viene', '2026-12-04', '2026-12-04'],
    ['it', 'dopodomani', '2026-12-01', '2026-12-01'],
    ['it', 'il tre marzo', '2027-03-03', '2026-03-03'],
    ['it', 'venerdì prossimo', '2026-12-04', '2026-12-04'],
    ['it', 'tra due settimane', '2026-12-13', '2026-12-13'],
    ['it', 'tre giorni fa', '2026-11-26', '2026-11-26'],
    ['nl', 'overmorgen', '2026-12-01', '2026-12-01'],
    ['nl', 'op drie maart', '2027-03-03', '2026-03-03'],
    ['nl', 'volgende vrijdag', '2026-12-04', '2026-12-04'],
    ['nl', 'over twee weken', '2026-12-13', '2026-12-13'],
    ['nl', 'drie dagen geleden', '2026-11-26', '2026-11-26'],
    ['pt', 'depois de amanhã', '2026-12-01', '2026-12-01'],
    ['pt', 'três de março', '2027-03-03', '2026-03-03'],
    ['pt', 'na próxima sexta-feira', '2026-12-04', '2026-12-04'],
    ['pt', 'daqui a duas semanas', '2026-12-13', '2026-12-13'],
    ['pt', 'há três dias', '2026-11-26', '2026-11-26'],
    ['pl', 'pojutrze', '2026-12-01', '2026-12-01'],
    ['pl', 'trzeciego marca', '2027-03-03', '2026-03-03'],
    ['pl', 'w przyszły piątek', '2026-12-04', '2026-12-04'],
    ['pl', 'za dwa tygodnie', '2026-12-13', '2026-12-13'],
    ['pl', 'trzy dni temu', '2026-11-26', '2026-11-26'],
    ['sv', 'i övermorgon', '2026-12-01', '2026-12-01'],
    ['sv', 'den tredje mars', '2027-03-03', '2026-03-03'],
    ['sv', 'nästa fredag', '2026-12-04', '2026-12-04'],
    ['sv', 'om två veckor', '2026-12-13', '2026-12-13'],
    ['sv', 'för tre dagar sedan', '2026-11-26', '2026-11-26'],
    ['zh', '后天', '2026-12-01', '2026-12-01'],
    ['zh', '三月三号', '2027-03-03', '2026-03-03'],
    ['zh', '下星期五', '2026-12-04', '2026-12-04'],
    ['zh', '两周后', '2026-12-13', '2026-12-13'],
    ['zh', '三天前', '2026-11-26', '2026-11-26'],
    ['ja', 'あさって', '2026-12-01', '2026-12-01'],
    ['ja', '3月3日', '2027-03-03', '2026-03-03'],
    ['ja', '来週の金曜日', '2026-12-04', '2026-12-04'],
    ['ja', '二週間後', '2026-12-13', '2026-12-13'],
    ['ja', '三日前', '2026-11-26', '2026-11-26'],
  ])('in %s, %j is %s ahead and %s behind', (language, words, ahead, behind) => {
    expect([read(next, words, language), read(last, words, language)]).toEqual([ahead, behind]);
  });

  it('a month after the 31st is the last day of the shorter month', () => {
    const january = date({ now: () => new Date(2027, 0, 31) });
    expect(valueOf(january, 'in a month')).toBe('2027-02-28');
  });
});

describe('A time', () => {
  const plain = time({ now });

  it.each<[string, string, string | undefined]>([
    ['en', 'six', '06:00'],
    ['en', 'six pm', '18:00'],
    ['en', '6 p.m.', '18:00'],
    ['en', 'half past six', '06:30'],
    ['en', 'quarter to nine', '08:45'],
    ['en', 'ten to one', '12:50'],
    ['en', 'twenty past eight in the evening', '20:20'],
    ['en', '18:30', '18:30'],
    ['en', '18:31', '18:31'],
    ['en', '6:30pm', '18:30'],
    ['en', 'six thirty', '06:30'],
    ['en', 'six oh five', '06:05'],
    ['en', 'noon', '12:00'],
    ['en', 'midnight', '00:00'],
    ['en', 'twelve', '12:00'],
    ['en', 'twelve at night', '00:00'],
    ['en', 'in ten minutes', '15:20:30'],
    ['en', 'in half an hour', '15:40:30'],
    ['en', 'in ten hours', '01:10:30'],
    ['en', '25:00', undefined],
    ['en', '6:75', undefined],
    ['en', '15:00 am', undefined],
    ['en', 'half past thirty', undefined],
    ['de', 'halb sieben', '06:30'],
    ['de', 'Viertel vor neun', '08:45'],
    ['de', 'dreiviertel acht', '07:45'],
    ['de', 'viertel acht', '07:15'],
    ['de', 'fünf vor halb acht', '07:25'],
    ['de', '18.30 Uhr', '18:30'],
    ['de', 'achtzehn Uhr dreißig', '18:30'],
    ['de', 'sechs Uhr abends', '18:00'],
    ['de', 'in zehn Minuten', '15:20:30'],
    ['fr', 'six heures et demie', '06:30'],
    ['fr', 'neuf heures moins le quart', '08:45'],
    ['fr', '18 h 30', '18:30'],
    ['fr', 'huit heures du soir', '20:00'],
    ['fr', 'midi et demi', '12:30'],
    ['fr', 'dans dix minutes', '15:20:30'],
    ['es', 'las seis y media', '06:30'],
    ['es', 'las nueve menos cuarto', '08:45'],
    ['es', 'las ocho de la tarde', '20:00'],
    ['es', 'mediodía', '12:00'],
    ['es', 'en diez minutos', '15:20:30'],
    ['it', 'le sei e mezza', '06:30'],
    ['it', 'le otto di sera', '20:00'],
    ['it', 'tra dieci minuti', '15:20:30'],
    ['nl', 'half zeven', '06:30'],
    ['nl', "acht uur 's avonds", '20:00'],
    ['nl', 'over tien minuten', '15:20:30'],
    ['pt', 'seis e meia', '06:30'],
    ['pt', 'às oito da noite', '20:00'],
    ['pt', 'daqui a dez minutos', '15:20:30'],
    ['pl', 'wpół do siódmej', '06:30'],
    ['pl', 'ósma wieczorem', '20:00'],
    ['pl', 'za dziesięć minut', '15:20:30'],
    ['sv', 'halv sju', '06:30'],
    ['sv', 'åtta på kvällen', '20:00'],
    ['sv', 'om tio minuter', '15:20:30'],
    ['zh', '六点半', '06:30'],
    ['zh', '晚上八点', '20:00'],
    ['zh', '十分钟后', '15:20:30'],
    ['ja', '六時半', '06:30'],
    ['ja', '午後8時', '20:00'],
    ['ja', '十分後', '15:20:30'],
  ])('in %s, %j is %s', (language, words, value) => {
    expect(read(plain, words, language)).toBe(value);
  });

  it.each([
    ['six', '18:00'],
    ['nine', '09:00'],
    ['seven fifty nine', '19:59'],
    ['06:00', '06:00'],
    ['six am', '06:00'],
  ])('from eight in the morning on, %j is %s', (words, value) => {
    expect(read(time({ from: 8, now }), words)).toBe(value);
  });

  it('names a wrong option', () => {
    expect(time({ from: 24 }).problems()).toEqual(['from must be a whole hour from 0 to 23, it is 24']);
    expect(dateTime({ from: 0.5 }).problems()).toHaveLength(1);
    expect(time().problems()).toEqual([]);
  });
});

describe('A date with a time', () => {
  it.each<[string, string, string | undefined]>([
    ['en', 'tomorrow at nine', '2026-11-30T09:00:00'],
    ['en', 'tomorrow at six', '2026-11-30T06:00:00'],
    ['en', 'tomorrow evening at six', '2026-11-30T18:00:00'],
    ['en', 'at half past six on friday', '2026-12-04T06:30:00'],
    ['en', 'next monday at 18:30', '2026-11-30T18:30:00'],
    ['en', 'in ten minutes', '2026-11-29T15:20:30'],
    ['en', 'at six', '2026-11-29T18:00:00'],
    ['en', 'at three', '2026-11-30T03:00:00'],
    ['en', 'at noon', '2026-11-30T12:00:00'],
    ['en', 'tonight at eight', '2026-11-29T20:00:00'],
    ['en', 'today at six', '2026-11-29T18:00:00'],
    ['en', 'sunday at ten am', '2026-12-06T10:00:00'],
    ['en', 'tomorrow', undefined],
    ['de', 'morgen um neun', '2026-11-30T09:00:00'],
    ['de', 'heute Abend um acht', '2026-11-29T20:00:00'],
    ['de', 'um halb sieben', '2026-11-29T18:30:00'],
    ['fr', 'demain à neuf heures', '2026-11-30T09:00:00'],
    ['es', 'mañana a las nueve', '2026-11-30T09:00:00'],
  ])('in %s, %j is %s', (language, words, value) => {
    expect(read(dateTime({ now }), words, language)).toBe(value);
  });

  it('is the last one where the past is meant', () => {
    const past = dateTime({ now, prefer: 'past' });
    expect(valueOf(past, 'at six')).toBe('2026-11-29T06:00:00');
    expect(valueOf(past, 'at four pm')).toBe('2026-11-28T16:00:00');
    expect(valueOf(past, 'friday at noon')).toBe('2026-11-27T12:00:00');
  });
});
