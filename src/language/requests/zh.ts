import { words } from '../words.ts';
import type { Requests } from './requests.ts';

const start = words(`
  请你, 请帮我, 请你帮我, 请帮忙, 能不能, 能不能帮我, 你能不能, 你能不能帮我, 可不可以, 可不可以帮我, 你可不可以, 可以,
  可以帮我, 你可以, 你可以帮我, 能, 能帮我, 你能, 你能帮我, 能否, 能否帮我, 可否, 麻烦你, 麻烦帮我, 麻烦你帮我
`);
const traditional = (way: string): string => way.replaceAll('请', '請').replaceAll('帮', '幫').replaceAll('烦', '煩');

/** Chinese: "你能打开灯吗". Its verbs have one form. */
export const requests: Requests = {
  starts: [...new Set([...start, ...start.map(traditional)])],
  verb: 'first',
  ends: ['吗', '嗎'],
  imperatives: (verb) => [verb],
};
