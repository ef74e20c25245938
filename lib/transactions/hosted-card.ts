// The simulator's own card form, by the public key of a connector: the only thing that such a key is good for here.
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { db } from '#db/client'
import { connectors } from '#db/schema'
import { listMembers } from '../connectors/members.ts'
import { systemCtx } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { scopePermissions } from '../core/permissions.ts'
import { problems } from '../core/verb.ts'
import { publishedNumbers } from '../gateway/simulator-cards.ts'
import { createToken, TestCard } from './tokens.ts'

export type HostedCard = z.input<typeof TestCard>

/** A simulator, or a meta-connector with one among its members: the token is the merchant's, whoever executes. */
export async function takesTestCards(connectorId: number, adapter: string): Promise<boolean> {
  if (adapter !== 'meta') return adapter === 'simulator'
  const members = await listMembers({ reader: db().read }, connectorId)
  return members.some((one) => one.enabled && one.adapter === 'simulator' && (one.method ?? 'card') === 'card')
}

async function findConnector(apiKey: string): Promise<{ merchantId: number } | undefined> {
  const [found] = await db()
    .read.select({ id: connectors.id, merchantId: connectors.merchantId, adapter: connectors.adapter })
    .from(connectors)
    .where(and(eq(connectors.apiKey, apiKey), eq(connectors.enabled, true)))
  return found && (await takesTestCards(found.id, found.adapter)) ? found : undefined
}

/** The numbers that the form takes, so that any other stays in the browser; undefined for any other connector. */
export async function findHostedForm(apiKey: string): Promise<{ published: string[] } | undefined> {
  return (await findConnector(apiKey)) && { published: publishedNumbers() }
}

export type HostedToken = { token: string; brand: string; firstSix: string; lastFour: string }

/** CONNECTOR_NOT_FOUND; VALIDATION_ERROR for any number that is not published, which is not repeated. */
export async function tokenizeHosted(
  apiKey: string,
  card: HostedCard,
  who: { requestId: string; ip: string | null },
): Promise<HostedToken> {
  const found = await findConnector(apiKey)
  if (!found) fail('CONNECTOR_NOT_FOUND', { connectorId: 'of this key' })
  const parsed = TestCard.safeParse(card)
  if (!parsed.success) fail('VALIDATION_ERROR', { fields: problems(parsed.error) })
  const ctx = { ...systemCtx(found.merchantId, scopePermissions(['instruments:write'])), ...who }
  const { token, data } = await createToken(ctx, parsed.data)
  return { token, brand: data.brand, firstSix: data.firstSix, lastFour: data.lastFour }
}
