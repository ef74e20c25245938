/** Identities and secrets made by Clientele, and the cheap checks of their form. Server only. */
import { hash, randomBytes, randomUUID } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { hasCardNumber } from './card-number.ts'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const PROFILE_GUID = /^CP(?:-[0-9A-F]{4}){6}$/i
const PAYMENT_TOKEN = /^pt::[0-9a-f]{20}$/
const API_KEY = /^ck_([0-9A-Za-z]{8})_[0-9A-Za-z]{49}$/

/** Random hex now and then spells a card number, which the guard would refuse wherever the id is written as text. */
const randomHex = (bytes: number): string => {
  for (;;) {
    const hex = randomBytes(bytes).toString('hex')
    if (!hasCardNumber(hex)) return hex
  }
}

/** Random base 62. Bytes above the last multiple of 62 are thrown away, so every character is equally likely. */
const randomBase62 = (length: number): string => {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) if (byte < 248 && text.length < length) text += BASE62.charAt(byte % 62)
  }
  return text
}

/** CRC-32 in six base 62 digits: it finds typing errors before the database is asked; it is no protection. */
const checksum = (text: string): string => {
  let rest = crc32(text)
  let digits = ''
  for (let i = 0; i < 6; i++) {
    digits = BASE62.charAt(rest % 62) + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}

/** A UUID, version 4, lower case: `customerId`, `instrumentId`. */
export const newCustomerId = (): string => randomUUID()

/** `CP-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`, 24 upper-case hex digits, 32 characters in all. */
export const newProfileGuid = (): string => {
  const groups = randomHex(12).toUpperCase().match(/.{4}/g) ?? []
  return `CP-${groups.join('-')}`
}

/** `pt::` and 20 lower-case hex digits, 24 characters in all. */
export const newPaymentToken = (): string => `pt::${randomHex(10)}`

/** The uuid of a transaction as the payment API spells it: 20 lower-case hex digits. */
export const newTransactionUuid = (): string => randomHex(10)

const processId = randomBase62(6)
let requests = 0

/** `req_` and 13 characters, unique over processes and restarts. Not secret, therefore only counted. */
export const newRequestId = (): string => `req_${processId}${(requests++).toString(36).padStart(7, '0')}`

/**
 * An API key, to be shown once: `ck_` + 8 characters public id + `_` + 43 random + 6 checksum, base 62.
 * `publicId` is what may be stored in clear and logged.
 */
export const newApiKey = (): { key: string; publicId: string } => {
  const publicId = randomBase62(8)
  const body = `ck_${publicId}_${randomBase62(43)}`
  return { key: body + checksum(body), publicId }
}

/** The public id of a key whose form and checksum are right, else undefined. It says nothing about validity. */
export const checkApiKey = (key: string): string | undefined => {
  if (key.length !== 61) return undefined
  const publicId = API_KEY.exec(key)?.[1]
  return publicId !== undefined && checksum(key.slice(0, -6)) === key.slice(-6) ? publicId : undefined
}

/** SHA-256 of the UTF-8 text, base64url, 43 characters. For secrets of full entropy only, never for passwords. */
export const sha256 = (text: string): string => hash('sha256', text, 'base64url')

/** Base64url of so many random bytes. */
export const randomToken = (bytes: number): string => randomBytes(bytes).toString('base64url')

/**
 * A decimal id of a path or body. Undefined unless it is 1 to 19 digits and at most 2^53−1, the largest id that is
 * ever assigned: a longer one is somebody else's, and a float would change it.
 */
export const parseId = (text: string): number | undefined => {
  if (!/^[0-9]{1,19}$/.test(text)) return undefined
  const id = Number(text)
  return id <= Number.MAX_SAFE_INTEGER ? id : undefined
}

export const isUuid = (text: string): boolean => text.length === 36 && UUID.test(text)

/** True for either case; the stored form is upper case. */
export const isProfileGuid = (text: string): boolean => text.length === 32 && PROFILE_GUID.test(text)

export const isPaymentToken = (text: string): boolean => text.length === 24 && PAYMENT_TOKEN.test(text)
