// The writes of the screens: the commands, with the answer that this person may see.
import type { z } from 'zod'
import type { Ctx } from '../core/ctx.ts'
import {
  archiveCustomer,
  type Changed,
  createCustomer,
  restoreCustomer,
  tagCustomer,
  untagCustomer,
  updateCustomer,
} from './commands.ts'
import { shown } from './mask.ts'
import { createNote } from './notes.ts'
import type { CustomerPatch, CustomerRef, NewCustomer } from './schema.ts'
import { type CustomerView, customerView } from './view.ts'

export type Saved = { customer: CustomerView; changedFields: string[] }

const saved = (ctx: Ctx, { customer, changedFields }: Changed): Saved => ({
  customer: customerView(shown(ctx, customer)),
  changedFields,
})

export type NewCustomerForm = { fields: z.input<typeof NewCustomer>; note: string }

/** A new customer with the first note on it, if one was written. The note is a second command: losing it loses no customer. */
export async function addCustomer(ctx: Ctx, { fields, note }: NewCustomerForm): Promise<CustomerView> {
  const { customer } = await createCustomer(ctx, fields)
  if (note.trim()) await createNote(ctx, { customerId: customer.id, text: note })
  return customerView(shown(ctx, customer))
}

export const saveCustomer = async (ctx: Ctx, patch: z.input<typeof CustomerPatch>): Promise<Saved> =>
  saved(ctx, await updateCustomer(ctx, patch))

export const putAway = async (ctx: Ctx, ref: z.input<typeof CustomerRef>): Promise<Saved> =>
  saved(ctx, await archiveCustomer(ctx, ref))

export const bringBack = async (ctx: Ctx, ref: z.input<typeof CustomerRef>): Promise<Saved> =>
  saved(ctx, await restoreCustomer(ctx, ref))

export type TagChange = { id: number; tag: string }

export const addTag = async (ctx: Ctx, change: TagChange): Promise<Saved> => saved(ctx, await tagCustomer(ctx, change))
export const takeTagOff = async (ctx: Ctx, change: TagChange): Promise<Saved> =>
  saved(ctx, await untagCustomer(ctx, change))
