const digits = [...'零一二三四五六七八九'];
const ranks = ['', '十', '百', '千'];

/**
 * Returns the ways to say a number below 10,000 in the numerals of Chinese and Japanese. `sayOne` tells whether a rank
 * is said with a one in front of it, `zero` is what is said for ranks that are skipped, and `withLiang` whether 两 may
 * stand for two in front of a rank.
 */
export function spellNumerals(
  value: number,
  {
    sayOne,
    zero,
    withLiang,
  }: { sayOne: (rank: number, isFirst: boolean) => boolean; zero: string; withLiang: boolean },
): string[] {
  if (value === 0) return [digits[0]!, '〇'];
  let way = '';
  let isSkipping = false;
  for (let rank = 3; rank >= 0; rank--) {
    const digit = Math.floor(value / 10 ** rank) % 10;
    if (digit === 0) isSkipping = way !== '';
    else {
      const isSaid = digit > 1 || rank === 0 || sayOne(rank, way === '');
      way += `${isSkipping ? zero : ''}${isSaid ? digits[digit]! : ''}${ranks[rank]!}`;
      isSkipping = false;
    }
  }
  const liang = value === 2 ? '两' : way.replace(/二(?=[百千])/g, '两');
  const ways = withLiang && liang !== way ? [way, liang] : [way];
  return ways.flatMap((one) => (one.includes('零') ? [one, one.replaceAll('零', '〇')] : [one]));
}
