import type { LanguageDefinition, Scale } from '../language.ts';
import { dates, times } from '../values/en.ts';
import { things } from '../values/things/en.ts';
import { requests } from '../requests/en.ts';
import { words } from '../words.ts';

const small = words(`
  zero, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen,
  sixteen, seventeen, eighteen, nineteen
`);
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** The ordinals that are not the number with "th". */
const ordinals: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

function spell(value: number): string[] {
  if (value === 0) return ['zero', 'nought', 'naught'];
  if (value < 20) return [small[value]!];
  const [ten, one] = [tens[Math.floor(value / 10)]!, value % 10];
  if (value < 100) return one === 0 ? [ten] : [`${ten} ${small[one]!}`];
  const count = small[Math.floor(value / 100)]!;
  const heads = count === 'one' ? ['one hundred', 'a hundred', 'hundred'] : [`${count} hundred`];
  const rest = value % 100 === 0 ? undefined : spell(value % 100)[0]!;
  return rest === undefined ? heads : heads.flatMap((head) => [`${head} ${rest}`, `${head} and ${rest}`]);
}

/** "One thousand one hundred", never "one thousand a hundred". */
function spellAfter(value: number): string[] {
  return spell(value).filter((way) => !/^(?:a |hundred)/.test(way));
}

function ordinal(value: number): string[] {
  const ways = value === 1000 ? ['one thousand', 'a thousand', 'thousand'] : spell(value);
  return ways.map((way) =>
    way.replace(/\w+$/, (last) => ordinals[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`)),
  );
}

function parts(count: number): string[] {
  if (count === 2) return ['half', 'halves'];
  return [...(count === 4 ? ['quarter', 'quarters'] : []), ...ordinal(count).flatMap((way) => [way, `${way}s`])];
}

const scale = (name: string, value: number): Scale => ({
  value,
  one: [`one ${name}`, `a ${name}`, name],
  words: [name],
});

/** English. */
export const english = {
  code: 'en',
  dates,
  times,
  things,
  spell,
  scales: [
    // "Fifteen hundred".
    { value: 100, one: [], words: ['hundred'], counts: (count) => count > 10 && count < 100 && count % 10 > 0 },
    scale('thousand', 1e3),
    scale('million', 1e6),
    scale('billion', 1e9),
    scale('trillion', 1e12),
  ],
  spellAfter,
  scaleLinks: ['and'],
  shortScales: { k: 1e3, m: 1e6, mil: 1e6, mln: 1e6, b: 1e9, bn: 1e9, bln: 1e9, tn: 1e12, tln: 1e12 },
  pairs: true,
  zeros: ['oh', 'o'],
  amounts: { dozen: 12, dozens: 12, doz: 12, dozs: 12, lakh: 1e5, crore: 1e7 },
  over: ['over', 'out of'],
  parts,
  ordinal,
  ordinalMarks: ['st', 'nd', 'rd', 'th'],
  ordinalStarts: ['the'],
  articles: [],
  minus: ['minus', 'negative'],
  point: ['point'],
  decimalMarks: ['.'],
  percent: ['percent', 'per cent', 'percents', 'percentage'],
  percentStarts: ['percent of', 'per cent of'],
  unitSigns: {
    $: ['dollars', 'dollar', 'bucks'],
    '€': ['euros', 'euro'],
    '£': ['pounds', 'pound', 'pounds sterling'],
    '¥': ['yen'],
  },
  percentWords: {
    half: 50,
    'a half': 50,
    'half way': 50,
    halfway: 50,
    full: 100,
    max: 100,
    maximum: 100,
    'a quarter': 25,
    'one quarter': 25,
    'three quarters': 75,
    nothing: 0,
  },
  units: {
    week: ['week', 'weeks', 'wk', 'wks'],
    day: ['day', 'days'],
    hour: ['hour', 'hours', 'hr', 'hrs', 'h'],
    minute: ['minute', 'minutes', 'min', 'mins', 'm'],
    second: ['second', 'seconds', 'sec', 'secs', 's'],
  },
  one: ['a', 'an'],
  and: ['and'],
  beforeUnit: [
    ['half', 0.5],
    ['quarter', 0.25],
    ['quarter of a', 0.25],
    ['a quarter of a', 0.25],
    ['three quarters of a', 0.75],
    ['another', 1],
    ['a quarter', 0.25],
    ['half a', 0.5],
    ['half an', 0.5],
    ['a half', 0.5],
    ['a quarter of an', 0.25],
    ['quarter of an', 0.25],
    ['three quarters of an', 0.75],
    ['a couple of', 2],
    ['a couple', 2],
    ['couple of', 2],
  ],
  afterNumber: [
    ['and a half', 0.5],
    ['and a quarter', 0.25],
    ['and three quarters', 0.75],
  ],
  afterUnit: [
    ['and a half', 0.5],
    ['and a quarter', 0.25],
    ['and three quarters', 0.75],
    ['and half', 0.5],
  ],
  durations: {
    'all day': 86_400,
    'full day': 86_400,
    'whole day': 86_400,
    'a whole day': 86_400,
    'all week': 604_800,
    'full week': 604_800,
    'whole week': 604_800,
    'a whole week': 604_800,
    fortnight: 1_209_600,
    'a fortnight': 1_209_600,
  },
  contractions: {
    "what's": 'what is',
    "where's": 'where is',
    "who's": 'who is',
    "how's": 'how is',
    "when's": 'when is',
    "that's": 'that is',
    "it's": 'it is',
    "there's": 'there is',
    "here's": 'here is',
    "let's": 'let us',
    "i'm": 'i am',
    "i'd": 'i would',
    "i'll": 'i will',
    "i've": 'i have',
    "you're": 'you are',
    "we're": 'we are',
    "they're": 'they are',
    "don't": 'do not',
    "doesn't": 'does not',
    "isn't": 'is not',
    "aren't": 'are not',
    "can't": 'can not',
    cannot: 'can not',
    "won't": 'will not',
    "what're": 'what are',
    gonna: 'going to',
    wanna: 'want to',
    gimme: 'give me',
  },
  fillers: ['um', 'uh', 'uhm', 'umm', 'er', 'erm', 'hm', 'hmm', 'mm', 'ah'],
  openings: ['hey', 'hi', 'ok', 'okay', 'so', 'well', 'oh', 'now', 'alright', 'and', 'then'],
  politeStart: words(`
    please, could you, could you please, can you, can you please, would you, would you please, will you,
    will you please, would you mind, i want you to, i would like you to, i'd like you to, just, now
  `),
  politeEnd: ['please', 'for me', 'for me please', 'now', 'right now'],
  weak: words(`
    the, a, an, to, of, my, me, in, at, for, some, please, just, now, is, and, that, this, it, so, thanks, thank,
    you
  `),
  critical: words(`
    not, don't, do, never, no, off, on, up, down, open, close, start, stop, without, except, unless, cancel, undo,
    lock, unlock, all, if, raise, lower, more, less, didn't, doesn't, won't, can't, isn't, was, were, why
  `),
  subjects: words(`i, you, he, she, we, they`),
  questions: words(`
    what, which, when, where, who, whose, why, how, is, are, was, were, do, does, did, has, have, had
  `),
  directions: words(`
    left, right, first, last, next, previous, earlier, later, earliest, latest, louder, quieter, softer, brighter,
    darker, dimmer, warmer, cooler, colder, hotter, faster, slower, higher, lower, bigger, larger, smaller, longer,
    shorter, maximum, minimum, most, least, upstairs, downstairs, inside, outside, indoor, outdoor, indoors, outdoors,
    forward, forwards, backward, backwards, back, front, top, bottom, north, south, east, west, morning, evening, noon,
    midnight, today, tonight, tomorrow, yesterday, before, after, above, below, over, under, out, monday, tuesday,
    wednesday, thursday, friday, saturday, sunday, january, february, march, april, may, june, july, august, september,
    october, november, december, public, private, incoming, outgoing, input, output, inbox, outbox, upload, download,
    again, pause, hold
  `),
  verbs: words(`
    open, close, start, stop, cancel, undo, lock, unlock, raise, turn, switch, set, put, make, get, give, take,
    bring, send, show, tell, play, pause, resume, continue, skip, repeat, shuffle, mute, unmute, record, listen,
    watch, read, write, remember, remind, forget, add, remove, delete, erase, wipe, clear, clean, mop, vacuum,
    wash, dry, dim, brighten, darken, light, increase, decrease, increment, decrement, reduce, boost, double,
    halve, activate, deactivate, enable, disable, arm, disarm, connect, disconnect, pair, unpair, plug, unplug,
    mount, unmount, attach, detach, load, unload, reload, install, uninstall, update, upgrade, downgrade, upload,
    download, import, export, encrypt, decrypt, compress, extract, zip, unzip, save, copy, paste, cut, move,
    rename, print, scan, email, mail, call, dial, phone, ring, answer, accept, reject, decline, deny, approve,
    allow, block, unblock, follow, unfollow, share, post, publish, hide, reveal, expand, collapse, maximize,
    minimize, zoom, scroll, swipe, tap, click, press, push, pull, drag, drop, grab, hold, release, grip, lift,
    carry, fetch, deliver, dock, undock, park, drive, walk, run, go, come, return, rotate, spin, stand, sit, jump,
    dance, wave, bend, climb, land, launch, fly, hover, book, order, buy, sell, pay, reserve, rent, hire, fire,
    join, leave, enter, exit, quit, invite, dismiss, snooze, wake, sleep, shut, seal, heat, cool, warm, freeze,
    boil, bake, cook, roast, grill, brew, grind, pour, fill, empty, drain, water, feed, spray, mix, stir, search,
    find, look, check, uncheck, complete, finish, end, begin, trigger, reset, restart, reboot, refresh, sync,
    submit, commit, merge, deploy, build, test, debug, compile, sign, archive, restore, mark, unmark, flag, pin,
    unpin, label, sort, filter, group, select, deselect, highlight, compare, convert, translate, spell, count,
    measure, weigh, calculate, draw, paint, extend, shorten, lengthen, prolong, schedule, reschedule, postpone,
    plan, assign, unassign, broadcast, announce, report, ask, say, whisper, shout, charge, discharge, inflate,
    deflate, tighten, loosen, tilt, roll, slide, fold, unfold, wrap, unwrap, pack, unpack, wind, unwind, engage,
    disengage, insert, eject, inject, inhale, exhale, ascend, descend, include, exclude, subscribe, unsubscribe,
    register, unregister, lend, borrow, spend, win, lose, gain, attack, defend, advance, retreat, rewind, replace,
    swap, kill, ride, ban, hang, wear, like, dislike, love, hate, promote, demote, encode, decode, bind, unbind,
    link, unlink, tie, untie, dress, undress, cover, uncover, unfreeze, lower, soften, thicken, widen, narrow,
    slow, speed, accelerate, decelerate, brake, steer, throw, catch, kick, hit, shoot, dig, plant, trim, mow,
    sweep, hoover, iron
  `),
  changingVerbs: words(`
    stop, cancel, undo, end, quit, delete, remove, erase, clear, dismiss, pause, resume, increase, decrease, reduce,
    extend, shorten
  `),
  generalVerbs: words(`
    play, put, set, make, do, get, give, start, run, open, show, launch, bring, go, watch, listen, hear, see
  `),
  definites: words(`the, this, that, these, those`),
  states: words('on hold, on pause, on mute, on standby'),
  possessives: words(`my, our, your`),
  verbForms: (stem) => [stem, `${stem}s`, `${stem.replace(/e$/, '')}ing`, `${stem.replace(/e$/, '')}ed`],
  turningPrefixes: words(`
    un, de, dis, in, im, en, em, re, pre, up, down, out, over, under, ex, non, mis, co, anti, counter
  `),
  beforeNumbers: words(`at, by, to, in, for, from, on, until, till, after, before, since, within, under, over, above`),
  turning: words(`
    not, never, no, none, nobody, nothing, if, unless, when, whenever, until, till, after, before, while, because,
    except, without, besides, apart, instead, why, who, whose, whether, said, says, told, asked, later, tomorrow,
    tonight, soon, ago, yesterday, already, yet, every
  `),
  requests,
  links: ['and', 'then', 'and then', 'and also'],
  plurals: (word) =>
    /[sxz]$|[cs]h$/.test(word) ? [`${word}es`] : /[^aeiou]y$/.test(word) ? [`${word.slice(0, -1)}ies`] : [`${word}s`],
  gluedUnits: words(`
    week, weeks, day, days, hour, hours, hr, hrs, h, minute, minutes, min, mins, m, second, seconds, sec, secs, s
  `),
  signs: { degree: 'degrees', ampersand: 'and', plusSign: 'plus', sharp: 'sharp' },
  abbreviations: ['mr', 'mrs', 'ms', 'dr', 'st', 'prof', 'vs', 'no'],
  // Collected from discussions of whisper's hallucinated subtitles, and from heed's own readings of noise.
  captions: words(`
    thank you, thank you very much, thanks for watching, thank you for watching, please subscribe, you, bye, bye bye,
    subtitles by the amara org community, the end, so, okay, oh
  `),
  echoes: [
    ['to', 'too', 'two', '2'],
    ['for', 'four', '4'],
  ],
  dialog: {
    places: [
      words('first, the first, the first one, first one, number one, one, 1'),
      words('second, the second, the second one, second one, number two, two, 2, the other one, the latter'),
      words('third, the third, the third one, third one, number three, three, 3'),
    ],
    corrections: words(`
      no, no i meant, no i mean, no i said, i meant, i mean, i said, not that, no not that, sorry, sorry i meant,
      wait no, actually
    `),
    again: words(`
      again, once again, once more, one more time, do it again, do that again, the same again, repeat that, repeat it,
      and again
    `),
    planned: words(`
      what is planned, what's planned, what have you planned, what is coming up, what's coming up, list what is planned,
      show what is planned, list the planned commands, show the planned commands
    `),
    unplan: words('cancel that, cancel it, cancel the last one, cancel the plan, cancel what is planned'),
  },
  answers: {
    yes: words(`
      yes, yeah, yep, yup, sure, ok, okay, correct, right, confirm, absolutely, of course, do it, do that, go ahead,
      please do, that is right, that's right
    `),
    clearYes: ['yes', 'confirm', 'do it', 'do that', 'go ahead', 'please do'],
    no: ['no', 'nope', 'nah', 'not', "don't", 'never', 'stop', 'wrong', 'wait', 'no thanks'],
    cancel: words(`
      cancel, cancel that, cancel it, never mind, nevermind, forget it, forget about it, stop, abort
    `),
    courtesy: ['please', 'thanks', 'thank', 'you'],
  },
  sentences: {
    confirm: (phrase) => `Did you mean “${phrase}”?`,
    expected: (hint) => `I expected ${hint}.`,
    yesOrNo: 'yes or no',
    sayYes: 'Please say “yes” clearly.',
    tap: 'Please confirm it on the screen.',
    sayPin: 'Please say or type the PIN.',
    wrongPin: 'That is not the PIN.',
    which: (name) => `Which ${name}?`,
    howLong: 'How long?',
    or: 'or',
    unknownValue: (slot, said) => `I know no ${slot} “${said}”.`,
    say: (values) => `Say ${values}.`,
    unknownBeside: (said) => `I can't do that with “${said}”, so I did nothing.`,
    atTime: (time) => `at ${time}`,
    tomorrowAt: (time) => `tomorrow at ${time}`,
    onDayAt: (day, time) => `on ${day} at ${time}`,
    planned: (list) => `Planned: ${list}.`,
    nothingPlanned: 'Nothing is planned.',
    unplanned: (planned) => `Cancelled: ${planned}.`,
  },
} satisfies LanguageDefinition;
