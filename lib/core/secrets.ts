// The keys of this installation: taken from the settings, else made once and kept in DATA_DIR/secrets.json.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { env } from '../env.ts'
import { log } from '../log.ts'

type Kept = { appSecret?: string; databaseKey?: string; auditKey?: string; fingerprintKey?: string }

const file = () => path.join(env.DATA_DIR, 'secrets.json')
const kept = (): Kept => (fs.existsSync(file()) ? JSON.parse(fs.readFileSync(file(), 'utf8')) : {})

function keepOnce(name: keyof Kept): string {
  const known = kept()[name]
  if (known) return known
  const made = randomBytes(32).toString('base64url')
  fs.mkdirSync(env.DATA_DIR, { recursive: true, mode: 0o700 })
  fs.writeFileSync(file(), `${JSON.stringify({ ...kept(), [name]: made }, null, 2)}\n`, { mode: 0o600 })
  log.warn({ setting: name, file: file() }, 'a missing secret was generated; back this file up with the database')
  return made
}

/**
 * The key of the SQLite file, undefined for a plain one. A missing key is generated only for a file that does not exist
 * yet: an existing plain file stays readable.
 */
export function databaseKey(databaseFile: string): string | undefined {
  if (env.DATABASE_KEY) return env.DATABASE_KEY === 'none' ? undefined : env.DATABASE_KEY
  return kept().databaseKey ?? (fs.existsSync(databaseFile) ? undefined : keepOnce('databaseKey'))
}

type Purpose = 'session' | 'field' | 'cursor' | 'audit'
const derived = new Map<string, KeyObject>()

function derive(secret: string, purpose: Purpose): KeyObject {
  const id = `${purpose} ${secret}`
  let key = derived.get(id)
  if (!key)
    derived.set(id, (key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `clientele ${purpose}`, 32)))))
  return key
}

let secrets: string[] | undefined
const appSecrets = () => (secrets ??= (env.APP_SECRET ?? keepOnce('appSecret')).split(',').map((part) => part.trim()))

/** 32 bytes for one purpose, from the first APP_SECRET (which writes) or, to read older values, from all of them. */
export const keyFor = (purpose: Purpose): KeyObject => derive(appSecrets()[0] ?? '', purpose)
export const keysFor = (purpose: Purpose): KeyObject[] => appSecrets().map((secret) => derive(secret, purpose))

let audit: KeyObject | undefined
/** The key of the audit chains; made once, since rows that it signed can never be signed again. */
export const auditKey = (): KeyObject => (audit ??= createSecretKey(Buffer.from(keepOnce('auditKey'), 'base64url')))

let fingerprint: KeyObject | undefined
/** The key of instrument fingerprints; made once, since only the gateway could tell what an old one stood for. */
export const fingerprintKey = (): KeyObject =>
  (fingerprint ??= createSecretKey(Buffer.from(keepOnce('fingerprintKey'), 'base64url')))

/** HMAC-SHA256 in base64url, cut to 128 bits: enough against forging, short in a URL. */
export const sign = (purpose: Purpose, text: string): string =>
  createHmac('sha256', keyFor(purpose)).update(text).digest().subarray(0, 16).toString('base64url')

/** Compares in constant time against the signature by any APP_SECRET. */
export function verify(purpose: Purpose, text: string, signature: string): boolean {
  const given = Buffer.from(signature, 'base64url')
  return keysFor(purpose).some((key) => {
    const own = createHmac('sha256', key).update(text).digest().subarray(0, 16)
    return own.length === given.length && timingSafeEqual(own, given)
  })
}

/** AES-256-GCM with a random nonce; `where` (table, column, row, merchant) binds the value to its place. */
export function seal(plain: string, where: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor('field'), nonce).setAAD(Buffer.from(where))
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`
}

/** Opens what `seal` made for the same place; throws when it was changed, moved or made with an unknown key. */
export function unseal(sealed: string, where: string): string {
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  for (const key of keysFor('field')) {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(where))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    } catch {
      // An older APP_SECRET may have sealed it; the last one that fails decides.
    }
  }
  throw new Error(`A sealed value does not open at ${where}`)
}
