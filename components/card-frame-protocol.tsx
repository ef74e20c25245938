// What a page and the frame of card fields tell each other, in the shape of the vendor's browser library: the page sends
// holder and expiry, the frame answers with a token or with errors by attribute. A number is never in a message.

export const CARD_FRAME = '/hosted/card'

export type Expiry = { month: number; year: number }
export type ToFrame = { type: 'tokenize'; data: { card_holder: string } & Expiry }

export type CardData = {
  card_type: string
  card_holder: string
  month: number
  year: number
  first_six_digits: string
  last_four_digits: string
}
type FrameError = { attribute: 'number' | 'cvv' | 'card_holder' | 'month' | 'year'; message: string }
export type FromFrame =
  | { type: 'resize'; height: number }
  | { type: 'token'; token: string; cardData: CardData }
  | { type: 'errors'; errors: FrameError[] }

const typeOf = (said: unknown): unknown =>
  typeof said === 'object' && said !== null && 'type' in said ? said.type : undefined

export const isFromFrame = (said: unknown): said is FromFrame =>
  ['resize', 'token', 'errors'].includes(String(typeOf(said)))
export const isToFrame = (said: unknown): said is ToFrame => typeOf(said) === 'tokenize'

/** `9/29`, `09 / 2029` or `0929`; undefined for what is no month of a year. */
export function readExpiry(typed: string): Expiry | undefined {
  const found = /^\s*(0?[1-9]|1[0-2])\s*[/.-]?\s*(?:20)?(\d\d)\s*$/.exec(typed)
  return found ? { month: Number(found[1]), year: 2000 + Number(found[2]) } : undefined
}
