type Rules = readonly (readonly [pattern: RegExp, to: string])[];

/**
 * Rules, applied in order, that turn letters into rough phones. Each phone is one character: T as in "thin", S as in
 * "ship", C as in "chip", J as in "jam", N as in "sing", and the vowels a e i o u. The input may contain only a–z.
 */
const phones: Rules = [
  [/^kn|^gn|^pn/, 'n'],
  [/^wr/, 'r'],
  [/^ps/, 's'],
  [/^x/, 'z'],
  [/^wh/, 'w'],
  [/mb$/, 'm'],
  [/augh|ough/g, 'o'],
  [/igh/g, 'a'],
  [/gh/g, 'g'],
  [/tch/g, 'C'],
  [/s[ck]h|sh/g, 'S'],
  [/ch/g, 'C'],
  [/[tcs]i(?=on|a[nl])/g, 'S'],
  [/ph/g, 'f'],
  [/th/g, 'T'],
  [/qu/g, 'kw'],
  [/c(?=[eiy])/g, 's'],
  [/ck|[cq]/g, 'k'],
  [/dg(?=[ei])|g(?=[eiy])|j/g, 'J'],
  [/x/g, 'ks'],
  [/ng(?![aeiou])/g, 'N'],
  [/([bdfgklmnprstvz])\1/g, '$1'],
  [/(?<=[a-zA-Z][bfgklmnprsvzCSJT])ed$/, 'd'],
  [/(?<=[a-zA-Z]{2})e$/, ''],
  [/(?<=[aeiou])y|y(?![aeiou])/g, 'i'],
  [/ee|ea|ie/g, 'i'],
  [/oo|ue|ui|ew/g, 'u'],
  [/(?<=[aeou])w/g, ''],
  [/ai|ei/g, 'e'],
  [/ou|au/g, 'a'],
  [/oa|oi/g, 'o'],
  [/([aeiou])[aeiou]+/g, '$1'],
];

/**
 * The phones of short words that are not spoken as they are written. Numbers matter, as other words are taken for them.
 */
const irregular: Readonly<Record<string, string>> = {
  to: 'tu',
  two: 'tu',
  four: 'for',
  eight: 'et',
  ate: 'et',
  one: 'wan',
  won: 'wan',
};

/**
 * Rules, applied in order, that turn letters into a coarse key: classes of consonants, and one sign for each run of
 * vowels.
 */
const key: Rules = [
  [/[^a-z]/g, ''],
  [/^kn|^gn|^pn/, 'n'],
  [/^wr/, 'r'],
  [/^ps/, 's'],
  [/^x/, 's'],
  [/^wh/, 'w'],
  [/tch/g, 'C'],
  [/s[ck]h/g, 'S'],
  [/ch/g, 'C'],
  [/sh|ti(?=on|a)|ci(?=a|o)/g, 'S'],
  [/ph/g, 'f'],
  [/th/g, 'T'],
  [/gh(?=t|$)/g, ''],
  [/gh/g, 'g'],
  [/c(?=[eiy])/g, 's'],
  [/ck|[cq]/g, 'k'],
  [/dg(?=[ei])/g, 'j'],
  [/x/g, 'ks'],
  [/z/g, 's'],
  [/v/g, 'f'],
  [/w(?![aeiouy])/g, ''],
  [/mb$/, 'm'],
  [/(.)\1+/g, '$1'],
  [/e$/, ''],
  [/[aeiouy]+/g, 'a'],
];

/**
 * How English letters are read aloud. Words are compared by sound before their language is known, so all of them are
 * read as English. Letters that English lacks are first replaced by English ones (`letterSounds` of a language).
 */
export const englishSpelling = { phones, irregular, key } as const;
