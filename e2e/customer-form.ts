// The form of a customer in its drawer, and what is stored of it.
import type { Page } from '@playwright/test'
import { at, expect, HARBOR, keyOf, type Made, requestsWith } from './fixtures.ts'

export const drawer = (page: Page) => page.getByRole('form', { name: /^(Add|Edit) customer$/ })
export const field = (page: Page, name: string) => drawer(page).getByLabel(name, { exact: true })
export const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true })
export const edit = ({ id }: Pick<Made, 'id'>) => at(`/customers/${id}?panel=edit`)

export async function stored({ id }: Pick<Made, 'id'>): Promise<Record<string, unknown>> {
  const api = await requestsWith(keyOf(HARBOR))
  const customer = (await (await api.get(`/api/customers/${id}`)).json()) as Record<string, unknown>
  await api.dispose()
  return customer
}

export async function opened(page: Page, customer: Made): Promise<void> {
  await page.goto(edit(customer))
  await expect(field(page, 'Name')).toHaveValue(customer.name)
}
