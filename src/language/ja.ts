import { spellNumerals } from './chinese-numerals.ts';
import type { LanguageDefinition } from './language.ts';
import { dates, times } from './values/ja.ts';
import { words } from './words.ts';

/** Ranks are said without a one: 百十五. */
function spell(value: number): string[] {
  const ways = spellNumerals(value, { sayOne: () => false, zero: '', withLiang: false });
  const full = spellNumerals(value, { sayOne: (rank) => rank === 3, zero: '', withLiang: false });
  return value === 0 ? ['零', 'ゼロ', '〇'] : [...new Set([...ways, ...full])];
}

/** Japanese. It is written without spaces. */
export const japanese: LanguageDefinition = {
  code: 'ja',
  spell,
  scales: [
    { value: 1e4, one: ['一万'], words: ['万'], isJoined: true },
    { value: 1e8, one: ['一億'], words: ['億'], isJoined: true },
    { value: 1e12, one: ['一兆'], words: ['兆'], isJoined: true },
  ],
  articles: [],
  minus: ['マイナス'],
  point: ['点', 'てん'],
  decimalMarks: ['.'],
  percent: ['パーセント', '%'],
  unitSigns: { $: ['ドル'], '€': ['ユーロ'], '£': ['ポンド'], '¥': ['円'] },
  percentWords: { 半分: 50, 最大: 100, 全部: 100 },
  ordinal: (value) => spell(value).flatMap((way) => [`${way}番目`, `第${way}`, `${way}番`]),
  ordinalMarks: ['番目', '番'],
  ordinalStarts: ['第'],
  units: {
    week: ['週間', '週'],
    day: ['日', '日間'],
    hour: ['時間'],
    minute: ['分', '分間'],
    second: ['秒', '秒間'],
  },
  beforeUnit: [['半', 0.5]],
  afterUnit: [['半', 0.5]],
  durations: { 一日: 86_400, 半日: 43_200 },
  dates,
  times,
  fillers: ['えっと', 'あの', 'ええと'],
  politeEnd: words(`
    ください, お願いします, お願い, くれる, くれますか, くれませんか, もらえる, もらえますか, もらえませんか, いただけますか,
    いただけませんか
  `),
  critical: words('ない, しない, 消して, つけて, 開けて, 閉めて, 上げて, 下げて, 止めて, 全部, 以外, もし'),
  turning: words('ない, しない, もし, まで, 後で, 前に, から, 以外, 明日, 昨日, なぜ, 誰, と言った'),
  signs: { degree: '度', ampersand: 'と', plusSign: '足す', sharp: 'シャープ' },
  dialog: {
    places: [
      words('最初, 一番目, 一つ目, 一番, 1番, 1'),
      words('二番目, 二つ目, 二番, 2番, 2'),
      words('三番目, 三つ目, 三番, 3番, 3'),
    ],
    corrections: words('いや, 違う, ちがう, じゃなくて, いえ, すみません, いいえ'),
    again: words('もう一度, もう一回, もういちど, もういっかい, 繰り返して'),
    planned: words('予定は何, 何が予定されている, 予定を教えて, 予定を見せて'),
    unplan: words('それを取り消して, それをキャンセル, それをキャンセルして, 予定を取り消して'),
  },
  answers: {
    yes: words('はい, うん, ええ, そう, そうです, お願いします, ok, オーケー'),
    clearYes: ['はい', 'そうです'],
    no: ['いいえ', 'いや', 'ちがう', '違う', 'だめ'],
    cancel: ['キャンセル', 'やめて', '取り消し', 'もういい'],
    courtesy: ['ありがとう', 'ください'],
  },
  sentences: {
    confirm: (phrase) => `「${phrase}」ですか？`,
    expected: (hint) => `次のように言ってください：${hint}。`,
    yesOrNo: '「はい」か「いいえ」',
    sayYes: 'はっきり「はい」と言ってください。',
    tap: '画面で確認してください。',
    sayPin: '暗証番号を言うか入力してください。',
    wrongPin: '暗証番号が違います。',
    which: (name) => `どれですか：${name}？`,
    howLong: 'どのくらいの時間ですか？',
    or: 'または',
    unknownValue: (slot, said) => `「${said}」は分かりません（${slot}）。`,
    say: (values) => `例えば：${values}。`,
    unknownBeside: (said) => `「${said}」があるのでできません。何もしませんでした。`,
    atTime: (time) => time,
    tomorrowAt: (time) => `明日 ${time}`,
    onDayAt: (day, time) => `${day} ${time}`,
    planned: (list) => `予定：${list}。`,
    nothingPlanned: '予定はありません。',
    unplanned: (planned) => `取り消しました：${planned}。`,
  },
};
