/** A field a list can be filtered by, and how. */
export type FilterField = {
  id: string
  label: string
  /** `range` and `dates` take two ends, either may be open; dates are `YYYY-MM-DD` in the reader's zone. */
  kind: 'choice' | 'text' | 'range' | 'dates'
  /** The choices of a `choice`, each with how many records it has. */
  options?: readonly FilterOption[]
  /** Whether "is not" is offered, too. */
  negatable?: boolean
}

export type FilterOption = { value: string; label: string; count?: number }

/** One chip. Values inside it are joined by OR, chips by AND. A range has exactly two values, '' is an open end. */
export type Filter = { field: string; not: boolean; values: readonly string[] }

/** The words between a chip's field and its values. */
export function operatorOf(filter: Filter, field: FilterField): string {
  if (field.kind === 'range' || field.kind === 'dates') return ''
  if (filter.values.length > 1) return filter.not ? 'none of' : 'any of'
  return filter.not ? 'is not' : 'is'
}

/** The values of a chip as words. */
export function valuesOf(filter: Filter, field: FilterField): string {
  if (field.kind === 'range' || field.kind === 'dates') {
    const [from = '', to = ''] = filter.values
    if (from && to) return `from ${from} to ${to}`
    return from ? `from ${from}` : `up to ${to}`
  }
  return filter.values.map((value) => field.options?.find((each) => each.value === value)?.label ?? value).join(', ')
}

/** "Status is Active", for the "nothing matches" state and screen readers. */
export function filterText(filter: Filter, field: FilterField): string {
  return [field.label, operatorOf(filter, field), valuesOf(filter, field)].filter(Boolean).join(' ')
}

export function isEmptyFilter(filter: Filter): boolean {
  return filter.values.every((value) => value.trim() === '')
}

/** The filters with this one in the place of its field's; an empty one leaves. */
export function withFilter(filters: readonly Filter[], next: Filter): readonly Filter[] {
  if (isEmptyFilter(next)) return filters.filter((each) => each.field !== next.field)
  if (!filters.some((each) => each.field === next.field)) return [...filters, next]
  return filters.map((each) => (each.field === next.field ? next : each))
}
