// Where the numbers of the first screen lead: the list of customers whose total is that number.
import type { HomeFigures } from '#lib/analytics/home'

const list = (m: number, parameters: readonly (readonly [string, string])[] = []): string =>
  `/customers?${new URLSearchParams([['m', String(m)], ...parameters.map((each) => [...each])])}`

export const currentHref = (m: number): string => list(m)
export const withInstrumentHref = (m: number): string => list(m, [['instrument', 'yes']])
export const foundHref = (m: number, q: string): string => list(m, [['q', q]])

export const addedHref = (m: number, { period: { from, to } }: HomeFigures['added']): string =>
  list(m, [
    ['lifecycle', 'current'],
    ['lifecycle', 'archived'],
    ['from', from],
    ['to', to],
  ])
