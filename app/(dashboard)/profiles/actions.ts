'use server'

import { removeInstrument, setPreferred, updateInstrument } from '#lib/instruments/commands'
import type { InstrumentPatch, InstrumentRemoval, PreferredChoice } from '#lib/instruments/schema'
import { deleteProfile, linkCustomer, unlinkCustomer } from '#lib/profiles/commands'
import { runAction } from '#lib/web/action'

type Link = { profileGuid: string; customerId: number }

export async function setPreferredAction(m: number, input: PreferredChoice) {
  return runAction(m, setPreferred, input)
}

export async function updateInstrumentAction(m: number, input: InstrumentPatch) {
  return runAction(m, updateInstrument, input)
}

export async function removeInstrumentAction(m: number, input: InstrumentRemoval) {
  return runAction(m, removeInstrument, input)
}

export async function linkCustomerAction(m: number, input: Link) {
  return runAction(m, linkCustomer, input)
}

export async function unlinkCustomerAction(m: number, input: Link) {
  return runAction(m, unlinkCustomer, input)
}

export async function deleteProfileAction(m: number, input: { profileGuid: string; confirm: string }) {
  return runAction(m, deleteProfile, input)
}
