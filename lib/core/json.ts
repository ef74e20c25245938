// What a value becomes on its way to the browser: dates are ISO strings there (browser-safe).
export type Json<T> = T extends Date
  ? string
  : T extends readonly (infer U)[]
    ? Json<U>[]
    : T extends object
      ? { [K in keyof T]: Json<T[K]> }
      : T

/** The value as JSON carries it, so that a page's first data and a later refetch are the same; undefined stays. */
export const plain = <T>(value: T): Json<T> =>
  (value === undefined ? undefined : JSON.parse(JSON.stringify(value))) as Json<T>
