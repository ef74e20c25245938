// Builders for tests and the demo. Each goes through a real command, so what they make is what the product makes.
import { db } from '#db/client'
import { createConnector, type NewlyMade } from '#lib/connectors/commands'
import type { NewConnector } from '#lib/connectors/schema'
import { createContainer } from '#lib/containers/commands'
import type { NewContainer } from '#lib/containers/schema'
import type { ContainerRow } from '#lib/containers/visible'
import type { Actor, Ctx } from '#lib/core/ctx'
import { randomToken } from '#lib/core/ids'
import { type Permission, type Role, rolePermissions, scopePermissions } from '#lib/core/permissions'
import { createCustomer } from '#lib/customers/commands'
import type { CustomerRow } from '#lib/customers/rules'
import type { NewCustomer } from '#lib/customers/schema'
import { attachInstrument } from '#lib/instruments/commands'
import type { Instrument } from '#lib/instruments/load'
import type { NewInstrument } from '#lib/instruments/schema'
import { createMerchant } from '#lib/merchants/commands'
import { createProfile, type ProfileState } from '#lib/profiles/commands'
import type { NewProfile } from '#lib/profiles/schema'

export const EVERYTHING: ReadonlySet<Permission> = scopePermissions(['*'])

const SYSTEM: Actor = { type: 'system', id: null, name: 'Clientele' }

/** A caller at one merchant; without more an all-powerful system. */
export function at(merchantId: number, given: Partial<Ctx> = {}): Ctx {
  const now = () => new Date()
  const who = { actor: SYSTEM, permissions: EVERYTHING, requestId: 'req_made', ip: null, provenAt: null }
  return { db: db(), merchantId, now, ...who, ...given }
}

/** A member of the staff who has just proven who they are. */
export const staffAt = (merchantId: number, role: Role, given: Partial<Ctx> = {}): Ctx =>
  at(merchantId, {
    actor: { type: 'staff', id: null, name: `The ${role}`, role },
    permissions: rolePermissions(role),
    provenAt: new Date(),
    ...given,
  })

/** A merchant of its own, or below `parentId`. */
export const makeMerchant = (name: string, parentId?: number) => createMerchant(at(0), { name, parentId })

export const makeCustomer = async (ctx: Ctx, given: Partial<NewCustomer> = {}): Promise<CustomerRow> =>
  (await createCustomer(ctx, { name: 'Ada Lovelace', duplicates: 'allow', ...given })).customer

export const makeContainer = (ctx: Ctx, given: Partial<NewContainer> = {}): Promise<ContainerRow> =>
  createContainer(ctx, { name: `Wallet ${randomToken(6)}`, ...given })

export const makeConnector = (ctx: Ctx, given: Partial<NewConnector> = {}): Promise<NewlyMade> =>
  createConnector(ctx, { name: `cards ${randomToken(6)}`, adapter: 'simulator', ...given })

export const makeProfile = (ctx: Ctx, given: NewProfile = {}): Promise<ProfileState> => createProfile(ctx, given)

type Card = Omit<Extract<NewInstrument, { type: 'card' }>, 'type'>

/** A Visa card that works for three more years. */
export const makeCard = (
  ctx: Ctx,
  given: Pick<Card, 'profileGuid' | 'connectorId'> & Partial<Card>,
): Promise<Instrument> =>
  attachInstrument(ctx, {
    type: 'card',
    brand: 'visa',
    holderName: 'Ada Lovelace',
    firstSix: '411111',
    lastFour: '1111',
    expMonth: 12,
    expYear: ctx.now().getUTCFullYear() + 3,
    gatewayReference: randomToken(12),
    ...given,
  })
