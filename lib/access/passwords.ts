// The password policy and the slow hash. Always outside a transaction: a hash takes milliseconds, the writer is one.
import { hash, verify } from '@node-rs/argon2'
import { AppError, type FieldProblem, fail } from '../core/errors.ts'
import { codePoints, fold } from '../core/text.ts'
import common from './common-passwords.json' with { type: 'json' }
import { PASSWORD_MAX, PASSWORD_MIN } from './schema.ts'

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const PARAMETERS = '$argon2id$v=19$m=19456,t=2,p=1$'
const PRODUCT = 'clientele'
/** What is left of a password without the words it is made of must still be this long. */
const OWN_LENGTH = 8

let commonWords: ReadonlySet<string> | undefined
const isCommon = (text: string): boolean => (commonWords ??= new Set(common.words.split(' '))).has(text)

/** The shortest piece that the text is a repetition of; the text itself when it is none. */
const period = (text: string): string => text.slice(0, `${text}${text}`.indexOf(text, 1))

/** Each character equals the one before or is its neighbour in the alphabet or among the digits: `aaaa`, `987654321098`. */
const isRun = (text: string): boolean => {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0)
  return codes.slice(1).every((code, i) => [0, 1, 9].includes(Math.abs(code - (codes[i] ?? 0))))
}

/** One common password or two put together. */
const isMadeOfCommon = (text: string): boolean => {
  if (isCommon(text)) return true
  for (let cut = 4; cut <= text.length - 4; cut++) {
    if (isCommon(text.slice(0, cut)) && isCommon(text.slice(cut))) return true
  }
  return false
}

const isSimple = (text: string): boolean => text.length < OWN_LENGTH || isRun(text) || isMadeOfCommon(text)

function isEasy(password: string): boolean {
  const text = fold(password).replace(/\s+/g, '')
  const unit = period(text)
  if (isRun(text) || isMadeOfCommon(text)) return true
  if (unit.length < text.length && isSimple(unit)) return true
  // Digits and signs around a word add little: `!password2027` is `password`.
  const [, before = '', word = '', after = ''] = /^([^\p{L}]*)(.*?)([^\p{L}]*)$/su.exec(text) ?? []
  return word !== '' && isMadeOfCommon(period(word)) && isSimple(before + after)
}

/** True when a password is little more than names which anybody who knows the person can guess. */
function isMadeOf(password: string, names: readonly string[]): boolean {
  const words = [PRODUCT, ...names]
    .flatMap((name) => fold(name).split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length)
  const text = fold(password)
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), text).replace(/[^\p{L}\p{N}]/gu, '')
  return rest.length < text.replace(/[^\p{L}\p{N}]/gu, '').length && rest.length < OWN_LENGTH
}

/**
 * The password in the form that is hashed (NFC). Throws PASSWORD_REFUSED, naming the field `password`, for one that is
 * too short, too long, common, or made of `names`: the merchant's, the person's, the mailbox.
 */
export function acceptablePassword(given: string, names: readonly string[]): string {
  const password = given.normalize('NFC')
  const refuse = (code: string, message: string): never => {
    const fields: FieldProblem[] = [{ path: 'password', code, message }]
    return fail('PASSWORD_REFUSED', { fields })
  }
  if (codePoints(password) < PASSWORD_MIN) refuse('TOO_SHORT', `must be at least ${PASSWORD_MIN} characters`)
  if (codePoints(password) > PASSWORD_MAX) refuse('TOO_LONG', `must be at most ${PASSWORD_MAX} characters`)
  if (isEasy(password)) refuse('PASSWORD_COMMON', 'is one of the passwords that are tried first')
  if (isMadeOf(password, names))
    refuse('PASSWORD_NAMED', 'must not be made of names: yours, the merchant’s or this product’s')
  return password
}

// Hashing takes a core and 19 MiB, so at most four run at once; pages and server.ts share the count.
const MAX_AT_ONCE = 4
const MAX_WAITING = 200
type Gate = { running: number; waiting: (() => void)[] }
const shared = globalThis as { __clienteleHashing?: Gate }
const gate = (shared.__clienteleHashing ??= { running: 0, waiting: [] })

async function limited<T>(work: () => Promise<T>): Promise<T> {
  if (gate.running >= MAX_AT_ONCE) {
    if (gate.waiting.length >= MAX_WAITING) throw new AppError('WRITER_BUSY', { retryAfterSeconds: 2 })
    await new Promise<void>((go) => gate.waiting.push(go))
  } else gate.running++
  try {
    return await work()
  } finally {
    const next = gate.waiting.shift()
    if (next) next()
    else gate.running--
  }
}

/** The argon2id hash with its parameters. Throws WRITER_BUSY when far too many wait already. */
export const hashPassword = (password: string): Promise<string> => limited(() => hash(password, COST))

let decoy: Promise<string> | undefined

/** Compares; for an unknown account (no hash) it does the same work and says no. */
export async function verifyPassword(storedHash: string | undefined, given: string): Promise<boolean> {
  // No longer text can be a password, but a refusal at once would be told by its speed.
  const password = [...given.normalize('NFC').slice(0, PASSWORD_MAX * 4)].slice(0, PASSWORD_MAX + 1).join('')
  decoy ??= hashPassword('nobody has this password')
  const against = storedHash ?? (await decoy)
  const equal = await limited(() => verify(against, password))
  return equal && storedHash !== undefined
}

/** True for a hash of other parameters, which the next sign-in replaces. */
export const isOutdated = (storedHash: string): boolean => !storedHash.startsWith(PARAMETERS)
