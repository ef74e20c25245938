'use server'

import type { z } from 'zod'
import { createNote, deleteNote, updateNote } from '#lib/customers/notes'
import type { CustomerPatch, CustomerRef, NewNote, NotePatch, NoteRef } from '#lib/customers/schema'
import {
  addCustomer,
  addTag,
  bringBack,
  type NewCustomerForm,
  putAway,
  saveCustomer,
  type TagChange,
  takeTagOff,
} from '#lib/customers/writes'
import { removeInstrument, setPreferred } from '#lib/instruments/commands'
import type { InstrumentRemoval, PreferredChoice } from '#lib/instruments/schema'
import { runAction } from '#lib/web/action'

export async function createCustomerAction(m: number, input: NewCustomerForm) {
  return runAction(m, addCustomer, input)
}

export async function updateCustomerAction(m: number, input: z.input<typeof CustomerPatch>) {
  return runAction(m, saveCustomer, input)
}

export async function archiveCustomerAction(m: number, input: z.input<typeof CustomerRef>) {
  return runAction(m, putAway, input)
}

export async function restoreCustomerAction(m: number, input: z.input<typeof CustomerRef>) {
  return runAction(m, bringBack, input)
}

export async function tagCustomerAction(m: number, input: TagChange) {
  return runAction(m, addTag, input)
}

export async function untagCustomerAction(m: number, input: TagChange) {
  return runAction(m, takeTagOff, input)
}

export async function createNoteAction(m: number, input: z.input<typeof NewNote>) {
  return runAction(m, createNote, input)
}

export async function updateNoteAction(m: number, input: z.input<typeof NotePatch>) {
  return runAction(m, updateNote, input)
}

export async function deleteNoteAction(m: number, input: z.input<typeof NoteRef>) {
  return runAction(m, deleteNote, input)
}

export async function setPreferredAction(m: number, input: PreferredChoice) {
  return runAction(m, setPreferred, input)
}

export async function removeInstrumentAction(m: number, input: InstrumentRemoval) {
  return runAction(m, removeInstrument, input)
}
