// Which merchants stand above one, read from its path.

/** The ids above a merchant whose path is `/1/3/7/`, root first: `[1, 3]`. */
export function ancestorsOf(path: string): number[] {
  const ids = path.split('/').filter(Boolean).map(Number)
  return ids.slice(0, -1)
}
