import type { Requests } from './requests.ts';

/** English: "would you mind turning on the light". After "could you", commands stand as they are. */
export const requests: Requests = {
  starts: ['would you mind', 'do you mind'],
  verb: 'first',
  imperatives(gerund) {
    const [, stem] = /^(\w{2,})ing$/.exec(gerund) ?? [];
    if (stem === undefined) return [];
    return [stem, `${stem}e`, ...(/([^aeiou])\1$/.test(stem) ? [stem.slice(0, -1)] : [])];
  },
};
