// What the list of customers can be filtered by, with how many customers each value has.
import type { FilterField } from '#components/filter-bar'
import type { CustomerFacets, Facet } from '#lib/customers/list'
import { CustomerStatus, LIFECYCLES, VerificationStatus } from '#lib/customers/schema'
import { countryName, LIFECYCLE_WORDS, STATUS_WORDS, VERIFICATION } from './words.ts'

const countOf = (facets: readonly Facet[] | undefined, value: string) =>
  facets && (facets.find((facet) => facet.value === value)?.count ?? 0)

/** The values that customers have, and those that the address names though nobody has them. */
function found(facets: readonly Facet[] | undefined, chosen: readonly string[]): Facet[] {
  const missing = chosen.filter((value) => !facets?.some((facet) => facet.value === value))
  return [...(facets ?? []), ...missing.map((value) => ({ value, count: 0 }))]
}

export function filterFields(
  facets: CustomerFacets | undefined,
  chosen: { country: readonly string[]; tag: readonly string[] },
): FilterField[] {
  return [
    {
      id: 'status',
      label: 'Status',
      kind: 'choice',
      options: CustomerStatus.options.map((value) => ({
        value,
        label: STATUS_WORDS[value],
        count: countOf(facets?.status, value),
      })),
    },
    {
      id: 'verification',
      label: 'Verification',
      kind: 'choice',
      options: VerificationStatus.options.map((value) => ({
        value,
        label: VERIFICATION[value].word,
        count: countOf(facets?.verification, value),
      })),
    },
    {
      id: 'lifecycle',
      label: 'Lifecycle',
      kind: 'choice',
      options: LIFECYCLES.map((value) => ({
        value,
        label: LIFECYCLE_WORDS[value],
        count: countOf(facets?.lifecycle, value),
      })),
    },
    {
      id: 'country',
      label: 'Country',
      kind: 'choice',
      options: found(facets?.country, chosen.country).map(({ value, count }) => ({
        value,
        label: countryName(value),
        count,
      })),
    },
    {
      id: 'tag',
      label: 'Tag',
      kind: 'choice',
      options: found(facets?.tag, chosen.tag).map(({ value, count }) => ({ value, label: value, count })),
    },
    {
      id: 'instrument',
      label: 'Instrument',
      kind: 'choice',
      options: [
        { value: 'yes', label: 'Has one' },
        { value: 'no', label: 'Has none' },
      ],
    },
    { id: 'created', label: 'Created', kind: 'dates' },
  ]
}
