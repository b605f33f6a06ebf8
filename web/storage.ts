/** An empty storage, for browsers in which the person has turned storage off: there, even looking at it throws. */
const noStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = {
  getItem: () => null,
  setItem: () => {
    throw new Error('Storage is turned off.');
  },
  removeItem: () => undefined,
};

/** Returns one of the window's storages, or one that keeps nothing and says so when something is to be kept. */
export function storageOf(kind: 'localStorage' | 'sessionStorage'): typeof noStorage {
  try {
    return window[kind];
  } catch {
    // The person has turned storage off; the page works without.
    return noStorage;
  }
}
