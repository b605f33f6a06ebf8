/** Intents of which one takes back what the other does, or starts what the other stops. */
const opposites = `
  HassTurnOn HassTurnOff
  HassIncreaseTimer HassDecreaseTimer
  HassPauseTimer HassUnpauseTimer
  HassPauseTimer HassStartTimer
  HassStartTimer HassCancelTimer
  HassStartTimer HassCancelAllTimers
  HassUnpauseTimer HassCancelTimer
  HassIncreaseTimer HassCancelTimer
  HassMediaPause HassMediaUnpause
  HassMediaPause HassMediaSearchAndPlay
  HassMediaPlayerMute HassMediaPlayerUnmute
  HassMediaNext HassMediaPrevious
  HassLawnMowerStartMowing HassLawnMowerDock
  HassVacuumStart HassVacuumReturnToBase
  HassVacuumCleanArea HassVacuumReturnToBase
  HassListAddItem HassListRemoveItem
  HassListAddItem HassListCompleteItem
  HassListAddItem HassShoppingListCompleteItem
  HassShoppingListAddItem HassListRemoveItem
  HassShoppingListAddItem HassListCompleteItem
  HassShoppingListAddItem HassShoppingListCompleteItem
`
  .trim()
  .split('\n')
  .map((pair) => pair.trim().split(' '));

/** Whether running one intent in place of the other is the worst that can happen. */
export function areOpposite(one: string, other: string): boolean {
  return opposites.some((pair) => pair.includes(one) && pair.includes(other));
}
