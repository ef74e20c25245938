// The list of customers on the screen.
import type { Page } from '@playwright/test'

export const table = (page: Page) => page.getByRole('table', { name: 'Customers' })
export const search = (page: Page) => page.getByRole('textbox', { name: 'Search customers' })
export const rowOf = (page: Page, name: string) => table(page).getByRole('row').filter({ hasText: name })
export const count = (page: Page) => page.getByRole('navigation', { name: 'Pages' })
