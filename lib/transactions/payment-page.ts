// Our payment page: whoever holds the address of a payment that waits may pay it with what the profile holds, with a
// new card or account, or cancel it. The address is what entitles to it; it ends with the payment.
import { and, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '#db/client'
import { connectors, instruments, merchants, profiles, transactions } from '#db/schema'
import type { AuditChanges } from '../core/audit-chain.ts'
import { type Ctx, systemCtx } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { record, unchanged } from '../core/record.ts'
import { command, type Tx } from '../core/verb.ts'
import { text } from '../customers/values.ts'
import { expiryOf } from '../instruments/rules.ts'
import type { InstrumentType } from '../instruments/schema.ts'
import { audited, type Begun, ownConnector, routed, UNSETTLED_MS } from './begin.ts'
import { nextOf } from './challenge.ts'
import { takesTestCards } from './hosted-card.ts'
import { deadlineOf, EXPIRED, waits } from './page-rules.ts'
import { sendBegun } from './process.ts'
import { lockTransaction } from './rows.ts'
import { MandateIban, type TransactionState, type TransactionType } from './schema.ts'
import { SETTLING, settle } from './settle.ts'
import { type Source, sourceOf } from './source.ts'
import type { TransactionRow } from './view.ts'

/** A saved instrument as its person sees it. */
export type SavedChoice = {
  id: number
  type: InstrumentType
  brand: string | null
  lastFour: string | null
  ibanMasked: string | null
  expMonth: number | null
  expYear: number | null
  isPreferred: boolean
  expired: boolean
}

export type PaymentPage = {
  /** `waiting` for a choice, `challenge` for the bank's question, `expired` although nobody has settled it yet. */
  phase: 'waiting' | 'challenge' | 'expired' | Exclude<TransactionState, 'redirect'>
  merchant: string
  type: TransactionType
  amountMinor: number | null
  currency: string | null
  description: string | null
  /** Why the last attempt failed, in the gateway's words. */
  declined: string | null
  attemptsLeft: number
  saved: SavedChoice[]
  /** Who takes cards: the simulator's own form by the public key of the payment's own connector, or nobody. */
  cards: { adapter: string; apiKey: string } | null
  /** No money moves, whatever is chosen. */
  simulated: boolean
  next: string | null
}

const read = () => db().read

async function findRow(uuid: string) {
  const [found] = await read()
    .select({ row: transactions, merchant: merchants.name, adapter: connectors.adapter, apiKey: connectors.apiKey })
    .from(transactions)
    .innerJoin(merchants, eq(merchants.id, transactions.merchantId))
    .innerJoin(connectors, eq(connectors.id, transactions.connectorId))
    .where(eq(transactions.uuid, uuid))
  return found && found.row.attemptsLeft !== null ? found : undefined
}

/** What the profile that the merchant named holds, the preferred one first and then the newest. */
async function savedOf({ profileId, type }: TransactionRow, adapter: string, now: Date): Promise<SavedChoice[]> {
  if (profileId === null || type === 'register') return []
  const rows = await read()
    .select({ row: instruments, preferredId: profiles.preferredInstrumentId, adapter: connectors.adapter })
    .from(instruments)
    .innerJoin(profiles, eq(profiles.id, instruments.profileId))
    .innerJoin(connectors, eq(connectors.id, instruments.connectorId))
    .where(eq(instruments.profileId, profileId))
    .orderBy(desc(instruments.createdAt), desc(instruments.id))
    .limit(50)
  const choices = rows
    .filter((each) => adapter === 'meta' || each.adapter === adapter)
    .map(({ row, preferredId }) => {
      const { id, type, brand, lastFour, ibanMasked, expMonth, expYear } = row
      const expired = expiryOf(expMonth, expYear, now).state === 'expired'
      return { id, type, brand, lastFour, ibanMasked, expMonth, expYear, isPreferred: preferredId === id, expired }
    })
  return choices.sort((a, b) => Number(b.isPreferred) - Number(a.isPreferred))
}

function phaseOf(row: TransactionRow, now: Date): PaymentPage['phase'] {
  if (waits(row)) return now >= deadlineOf(row.createdAt) ? 'expired' : 'waiting'
  if (row.state === 'error' && row.errorCode === 2005) return 'expired'
  return row.state === 'redirect' ? 'challenge' : row.state
}

/** What the page shows; undefined for a payment that came with its instrument, or does not exist. */
export async function findPaymentPage(uuid: string, now = new Date()): Promise<PaymentPage | undefined> {
  const found = await findRow(uuid)
  if (!found) return undefined
  const { row, merchant, adapter, apiKey } = found
  const phase = phaseOf(row, now)
  const cards = (await takesTestCards(row.connectorId, adapter)) ? { adapter: 'simulator', apiKey } : null
  return {
    ...{ phase, merchant, type: row.type, amountMinor: row.amountMinor, currency: row.currency },
    description: row.request.description ?? null,
    declined: phase === 'waiting' || phase === 'error' ? row.errorMessage : null,
    attemptsLeft: row.attemptsLeft ?? 0,
    saved: phase === 'waiting' ? await savedOf(row, adapter, now) : [],
    ...{ cards, simulated: cards !== null },
    next: nextOf(row),
  }
}

export const PageChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('saved'), instrumentId: z.number().int().positive() }),
  z.strictObject({ kind: z.literal('card'), token: z.string().regex(/^ix::[\w-]{1,90}$/, 'must be a card token') }),
  z.strictObject({
    kind: z.literal('iban'),
    iban: MandateIban,
    holderName: text(255, { required: true }),
    mandateAccepted: z.literal(true, { error: 'must be accepted before this account can be debited' }),
  }),
])
export type PageChoice = z.input<typeof PageChoice>
type Choice = z.output<typeof PageChoice>

/** A gateway's own token, of which nothing is known here, is none that this page made. */
async function chosen(tx: Tx, row: TransactionRow, choice: Choice, adapter: string): Promise<Source> {
  if (choice.kind === 'card') {
    const source = await sourceOf(tx, { token: choice.token }, adapter)
    return source.data ? source : fail('TOKEN_NOT_FOUND')
  }
  if (choice.kind === 'iban') {
    const { iban, holderName } = choice
    const { data, ...source } = await sourceOf(tx, { paymentData: { type: 'iban', iban } }, adapter)
    return { ...source, data: data && { ...data, holderName } }
  }
  const inside = and(eq(instruments.id, choice.instrumentId), eq(instruments.profileId, row.profileId ?? 0))
  const [saved] = await tx.writer.select({ token: instruments.paymentToken }).from(instruments).where(inside)
  if (!saved || row.type === 'register') fail('INSTRUMENT_NOT_FOUND', { instrumentId: String(choice.instrumentId) })
  return sourceOf(tx, { token: saved.token }, adapter)
}

/** A direct debit's mandate is known by the payment's uuid; that it was given, and when, stands in the audit trail. */
const mandateOf = (row: TransactionRow, choice: Choice, now: Date): AuditChanges =>
  choice.kind === 'iban'
    ? {
        mandateId: { before: null, after: row.uuid },
        mandateDate: { before: null, after: now.toISOString().slice(0, 10) },
      }
    : {}

const Attempt = z.strictObject({ id: z.number().int(), choice: PageChoice })

/** Not for callers. The row becomes a pending one with its instrument; undefined when it no longer waits. */
const beginAttempt = command(null, Attempt, async (tx, { id, choice }): Promise<Begun | undefined> => {
  const before = await lockTransaction(tx, id)
  const now = tx.now()
  if (phaseOf(before, now) !== 'waiting') {
    unchanged(tx)
    return undefined
  }
  const asked = await ownConnector(tx, before.connectorId)
  const source = await chosen(tx, before, choice, asked.adapter)
  const connector = await routed(tx, asked, source, before.currency)
  const columns: Partial<TransactionRow> = {
    state: 'pending',
    connectorId: connector.id,
    viaConnectorId: connector.id === asked.id ? null : asked.id,
    ...{ method: source.data?.type ?? null, instrumentData: source.data, gatewayReference: null },
    ...{ instrumentId: source.stored?.row.id ?? null, paymentToken: source.stored?.row.paymentToken ?? null },
    ...{ errorCode: null, errorMessage: null, adapterCode: null, adapterMessage: null },
    askAt: new Date(now.getTime() + UNSETTLED_MS),
  }
  await tx.writer.update(transactions).set(columns).where(eq(transactions.id, id))
  const after = { ...before, ...columns }
  const about = { objectType: 'transaction' as const, objectId: id, customerId: before.customerId }
  const detail = mandateOf(before, choice, now)
  record(tx, 'transaction.updated', { ...about, before: audited(before), after: audited(after), detail })
  const { handed, made } = source
  return { ...after, adapter: connector.adapter, handed, registrationUuid: made?.uuid ?? null }
})

/** Not for callers. Ends a payment that waits for a choice, by the person or by time; any other stays as it is. */
const closeWaiting = command(null, z.strictObject({ id: z.number().int() }), async (tx, { id }) => {
  const before = await lockTransaction(tx, id)
  unchanged(tx)
  if (!waits(before)) return before
  const late = phaseOf(before, tx.now()) === 'expired'
  return settle(tx, before, late ? EXPIRED : { state: 'cancelled', gatewayReference: '' })
})

export type PageAnswer = Pick<PaymentPage, 'phase' | 'next' | 'declined'>

const answerOf = (row: TransactionRow, now: Date): PageAnswer => ({
  phase: phaseOf(row, now),
  next: nextOf(row),
  declined: waits(row) ? row.errorMessage : null,
})

/** The program acts for the person, in the name of the merchant whose payment it is. */
async function contextOf(uuid: string, who: { requestId: string; ip: string | null }) {
  const found = await findRow(uuid)
  if (!found) fail('TRANSACTION_NOT_FOUND', { transactionId: uuid })
  const ctx: Ctx = { ...systemCtx(found.row.merchantId, SETTLING), ...who }
  return { ctx, row: found.row }
}

type Who = { requestId: string; ip: string | null }

/**
 * Pays with what the person chose. A payment that waits no longer stays as it is, and the answer says how it stands.
 * TRANSACTION_NOT_FOUND, TOKEN_NOT_FOUND, INSTRUMENT_NOT_FOUND, CONNECTOR_MISMATCH, CONNECTOR_DISABLED.
 */
export async function payOnPage(uuid: string, choice: PageChoice, who: Who): Promise<PageAnswer> {
  const { ctx, row } = await contextOf(uuid, who)
  const begun = await beginAttempt(ctx, { id: row.id, choice })
  if (!begun) return answerOf((await contextOf(uuid, who)).row, ctx.now())
  return answerOf(await sendBegun(ctx, begun), ctx.now())
}

/** The person will not pay. TRANSACTION_NOT_FOUND. */
export async function cancelOnPage(uuid: string, who: Who): Promise<PageAnswer> {
  const { ctx, row } = await contextOf(uuid, who)
  return answerOf(await closeWaiting(ctx, { id: row.id }), ctx.now())
}
