import { defineCommand, list, percent } from 'heed';

export default defineCommand({
  description: 'Opens and closes the gripper.',
  phrases: ['{move} [the|your] <gripper> [to {width}]', '<gripper> {move}', 'set the <gripper> to {width}'],
  rules: { gripper: '(gripper|claw|hand)' },
  slots: { move: list(['open', { value: 'close', say: ['close', 'shut'] }]), width: percent() },
  examples: [
    { say: 'open the gripper', args: { move: 'open' } },
    { say: 'close the claw to thirty percent', args: { move: 'close', width: 30 } },
  ],
  not: ['the gripper is open', 'open the door'],
  run: () => ({}),
});
