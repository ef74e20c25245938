import type { StateWord } from '#components/ui/badge'

export type Person = {
  id: string
  name: string
  email: string | null
  status: StateWord
  country: string
  valueMinor: number
  currency: string
  createdAt: string
}

const people: readonly [name: string, email: string | null, status: StateWord, country: string][] = [
  ['Ada Lovelace', 'ada@example.com', 'Active', 'United Kingdom'],
  ['Grace Hopper', 'grace@example.com', 'Pending', 'United States'],
  ['عائشة بنت عبد الرحمن', 'aisha@example.com', 'Active', 'Morocco'],
  ['Hubert Blaine Wolfeschlegelsteinhausenbergerdorff the Elder', null, 'Restricted', 'Germany'],
  ['Alan Turing', 'alan@example.com', 'Archived', 'United Kingdom'],
  ['Katherine Johnson', 'katherine@example.com', 'Active', 'United States'],
  ['Nguyễn Thị Định', 'dinh@example.com', 'Suspended', 'Vietnam'],
  ['Σοφία Παπαδοπούλου', 'sofia@example.com', 'New', 'Greece'],
]

/** Eight people nobody stores anything about. */
export const samplePeople: readonly Person[] = people.map(([name, email, status, country], index) => ({
  id: String(1000 + index),
  name,
  email,
  status,
  country,
  valueMinor: index * 123_456 - 4200,
  currency: index % 3 === 0 ? 'EUR' : index % 3 === 1 ? 'USD' : 'JPY',
  createdAt: `2026-0${index + 1}-1${index}T0${index}:15:00Z`,
}))
