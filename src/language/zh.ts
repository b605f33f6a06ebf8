import { spellNumerals } from './chinese-numerals.ts';
import type { LanguageDefinition } from './language.ts';
import { requests } from './requests/zh.ts';
import { dates, times } from './values/zh.ts';
import { words } from './words.ts';

/** Only ten to nineteen begin without a one: 十五, but 一百一十五. */
function spell(value: number): string[] {
  return spellNumerals(value, {
    sayOne: (rank, isFirst) => rank !== 1 || !isFirst || value >= 100,
    zero: '零',
    withLiang: true,
  });
}

/** Chinese. It is written without spaces. */
export const chinese: LanguageDefinition = {
  code: 'zh',
  spell,
  scales: [
    { value: 1e4, one: ['一万', '一萬'], words: ['万', '萬'], isJoined: true },
    { value: 1e8, one: ['一亿', '一億'], words: ['亿', '億'], isJoined: true },
    { value: 1e12, one: ['一万亿', '一兆'], words: ['万亿', '兆'], isJoined: true },
  ],
  spellAfter: (value) => [
    ...(value < 1000 ? ['零', '〇'].flatMap((zero) => spell(value).map((way) => `${zero}${way}`)) : []),
    ...spell(value),
  ],
  articles: [],
  minus: ['负', '負', '零下'],
  point: ['点', '點'],
  decimalMarks: ['.'],
  zeros: ['〇'],
  percent: ['%'],
  percentStarts: ['百分之'],
  unitSigns: { $: ['美元'], '€': ['欧元'], '£': ['英镑'], '¥': ['元', '块', '人民币'] },
  percentWords: { 一半: 50, 最大: 100, 全部: 100 },
  ordinal: (value) => spell(value).map((way) => `第${way}`),
  ordinalStarts: ['第'],
  units: {
    week: ['周', '星期', '个星期'],
    day: ['天', '日'],
    hour: ['小时', '个小时', '鐘頭', '钟头', '个钟头'],
    minute: ['分钟', '分', '分鐘'],
    second: ['秒', '秒钟', '秒鐘'],
  },
  beforeUnit: [
    ['半', 0.5],
    ['半个', 0.5],
    ['一个半', 1.5],
    ['两个半', 2.5],
  ],
  afterUnit: [['半', 0.5]],
  dates,
  times,
  fillers: ['嗯', '呃', '啊'],
  politeStart: ['请', '請', '麻烦', '可以'],
  politeEnd: ['谢谢', '吧', '好吗'],
  critical: words('不, 没, 别, 不要, 开, 关, 打开, 关闭, 上, 下, 全部, 除了, 停止, 开始, 如果'),
  requests,
  turning: words('不, 没, 别, 不要, 如果, 当, 直到, 之后, 之前, 因为, 除了, 明天, 昨天, 以后, 为什么, 谁, 说'),
  signs: { degree: '度', ampersand: '和', plusSign: '加', sharp: '升' },
  dialog: {
    places: [words('第一个, 第一, 一, 1'), words('第二个, 第二, 二, 2'), words('第三个, 第三, 三, 3')],
    corrections: words('不, 不是, 不对, 我是说, 不我是说, 我的意思是, 不是那个, 应该是'),
    again: words('再来一次, 再一次, 再做一次, 重复, 重来'),
    planned: words('有什么计划, 计划了什么, 安排了什么, 有什么安排'),
    unplan: words('取消那个, 取消这个, 取消计划, 取消安排'),
  },
  answers: {
    yes: words('是, 是的, 好, 好的, 对, 可以, 行, 没问题, 确定, ok'),
    clearYes: ['是', '是的', '确定'],
    no: ['不', '不是', '不对', '不要', '不行', '没有', '错'],
    cancel: ['取消', '算了', '不用了', '停止'],
    courtesy: ['谢谢', '请'],
  },
  sentences: {
    confirm: (phrase) => `您是说“${phrase}”吗？`,
    expected: (hint) => `请说：${hint}。`,
    yesOrNo: '是或不是',
    sayYes: '请清楚地说“是”。',
    tap: '请在屏幕上确认。',
    sayPin: '请说出或输入密码。',
    wrongPin: '密码不对。',
    which: (name) => `哪一个：${name}？`,
    howLong: '多长时间？',
    or: '或',
    unknownValue: (slot, said) => `我不知道“${said}”（${slot}）。`,
    say: (values) => `可以说：${values}。`,
    unknownBeside: (said) => `我不能处理“${said}”，所以什么也没做。`,
    atTime: (time) => time,
    tomorrowAt: (time) => `明天 ${time}`,
    onDayAt: (day, time) => `${day} ${time}`,
    planned: (list) => `已安排：${list}。`,
    nothingPlanned: '没有任何安排。',
    unplanned: (planned) => `已取消：${planned}。`,
  },
};
