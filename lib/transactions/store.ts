// Saves an instrument for a customer without a payment: from a token, a published test card or an account.
import { createHmac } from 'node:crypto'
import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { connectors, instruments, profileCustomers, profiles } from '#db/schema'
import { containerOfConnector } from '../containers/connector-container.ts'
import { isIban } from '../core/card-exempt.ts'
import type { Ctx } from '../core/ctx.ts'
import { appError, fail, invalid } from '../core/errors.ts'
import { isPaymentToken } from '../core/ids.ts'
import { unchanged } from '../core/record.ts'
import { fingerprintKey } from '../core/secrets.ts'
import { command, type Tx } from '../core/verb.ts'
import { ownCustomer } from '../customers/commands.ts'
import { text } from '../customers/values.ts'
import type { InstrumentData } from '../gateway/gateway.ts'
import { describeTestNumber } from '../gateway/simulator-cards.ts'
import { saveInstrument, setPreferred } from '../instruments/commands.ts'
import { getInstrument } from '../instruments/queries.ts'
import { createProfile, linkCustomer } from '../profiles/commands.ts'
import { lockProfile } from '../profiles/rows.ts'
import { consumeToken } from './tokens.ts'

const Storing = z.strictObject({
  customerId: z.number().int().positive(),
  /** A token of the gateway, or the `pt::` token of an instrument whose profile the customer is to have. */
  token: z.string().max(100).optional(),
  /** What is kept of a card or an account; its number has gone no further than the functions below. */
  data: z.custom<InstrumentData>((value) => typeof value === 'object' && value !== null).optional(),
  holderName: text(255).nullish(),
  details: z.record(z.string().max(40), text(255)).default({}),
  preferred: z.boolean().default(false),
})
export type Stored = { id: number }

const NO_CONTAINER = ['CONTAINER_MISSING', 'CONTAINER_DISABLED']

/** The merchant's oldest simulator connector that has a container, which sees to it that no real card comes in here. */
async function routeOf(tx: Tx): Promise<{ connectorId: number; containerId: number }> {
  const own = and(
    eq(connectors.merchantId, tx.merchantId),
    eq(connectors.enabled, true),
    eq(connectors.adapter, 'simulator'),
  )
  const rows = await tx.writer.select({ id: connectors.id }).from(connectors).where(own).orderBy(asc(connectors.id))
  for (const { id } of rows) {
    try {
      return { connectorId: id, containerId: await containerOfConnector(tx, id) }
    } catch (err) {
      if (!NO_CONTAINER.includes(appError(err)?.code ?? '')) throw err
    }
  }
  return fail('CONNECTOR_MISMATCH')
}

/** The guid of the customer's profile in the container, made by the first instrument. */
async function profileIn(tx: Tx, containerId: number, customerId: number): Promise<string> {
  const own = and(eq(profileCustomers.customerId, customerId), eq(profileCustomers.merchantId, tx.merchantId))
  const [found] = await tx.writer
    .select({ guid: profiles.profileGuid })
    .from(profileCustomers)
    .innerJoin(profiles, eq(profiles.id, profileCustomers.profileId))
    .where(and(own, eq(profiles.containerId, containerId)))
  return found?.guid ?? (await createProfile(tx, { containerId, customerId })).profileGuid
}

/** A saved instrument is not copied: its profile becomes the customer's. */
async function adopt(tx: Tx, token: string, customerId: number, preferred: boolean): Promise<Stored> {
  const [found] = isPaymentToken(token)
    ? await tx.writer
        .select({ id: instruments.id, guid: profiles.profileGuid })
        .from(instruments)
        .innerJoin(profiles, eq(profiles.id, instruments.profileId))
        .where(eq(instruments.paymentToken, token))
    : []
  if (!found) fail('TOKEN_NOT_FOUND')
  // Decides whether this merchant sees the container: an instrument of another one is not there.
  await getInstrument(tx, { id: found.id })
  await linkCustomer(tx, { profileGuid: found.guid, customerId })
  if (preferred) await setPreferred(tx, { profileGuid: found.guid, instrumentId: found.id })
  return { id: found.id }
}

/**
 * Saves an instrument into the customer's profile. TOKEN_NOT_FOUND; CONNECTOR_MISMATCH where the merchant has no
 * simulator connector with a container; CUSTOMER_ARCHIVED.
 */
export const storeInstrument = command('instruments:write', Storing, async (tx, input): Promise<Stored> => {
  const { customerId, token, data: given, holderName, details, preferred } = input
  const customer = await ownCustomer(tx, customerId)
  if (customer.lifecycle === 'archived') fail('CUSTOMER_ARCHIVED', { customerId: String(customerId) })
  if (token?.startsWith('pt::')) {
    const stored = await adopt(tx, token, customerId, preferred)
    unchanged(tx)
    return stored
  }
  const data =
    given ??
    (token === undefined ? invalid('token', 'REQUIRED', 'is required') : await consumeToken(tx, token)) ??
    fail('TOKEN_NOT_FOUND')
  const { connectorId, containerId } = await routeOf(tx)
  const found = await lockProfile(tx, await profileIn(tx, containerId, customerId))
  const whole = { ...data, holderName: holderName || data.holderName }
  const { id } = await saveInstrument(tx, found, { data: whole, connectorId, preferred, details })
  return { id }
})

type Rest = Omit<z.input<typeof Storing>, 'token' | 'data'>
type Card = Rest & { cardNumber: string; expMonth: number; expYear: number }

/** What is kept of a published test number; any other is a validation error that does not repeat it. */
export function testCardOf({ cardNumber, expMonth, expYear }: Omit<Card, keyof Rest>): InstrumentData {
  const data = describeTestNumber(cardNumber.replaceAll(/[ -]/g, ''), { holderName: null, expMonth, expYear })
  return data ?? invalid('cardNumber', 'VALUE_UNKNOWN', 'must be a published test number of the simulator')
}

/** Saves a published test card. */
export const storeTestCard = (ctx: Ctx, { cardNumber, expMonth, expYear, ...rest }: Card): Promise<Stored> =>
  storeInstrument(ctx, { ...rest, data: testCardOf({ cardNumber, expMonth, expYear }) })

/** An account is kept as its last four digits and a keyed name that equals itself only; an IBAN as an IBAN. */
export function accountOf(account: string, routing: string): InstrumentData {
  const number = account.replaceAll(/[ -]/g, '').toUpperCase()
  const keyed = (named: string) => createHmac('sha256', fingerprintKey()).update(named).digest('base64url')
  if (isIban(number)) {
    const ibanMasked = `${number.slice(0, 2)}•• … ${number.slice(-4)}`
    return { type: 'iban', ibanMasked, holderName: null, reference: keyed(`iban ${number}`) }
  }
  const reference = keyed(`bank ${routing} ${number}`)
  return { type: 'bank', brand: null, lastFour: number.slice(-4), holderName: null, reference }
}
