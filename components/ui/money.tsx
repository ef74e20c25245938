'use client'

import { useFormat } from './format-provider.tsx'
import { moneyText, numberText } from './format-value.tsx'
import { MissingValue } from './masked-value.tsx'

export type MoneyProps = { amountMinor: number | bigint | null | undefined; currency: string | null | undefined }

/** An amount in integer minor units with the currency's own decimals; refunds carry a true minus. */
export function Money({ amountMinor, currency }: MoneyProps) {
  const format = useFormat()
  if (amountMinor === null || amountMinor === undefined || !currency) return <MissingValue />
  return (
    <span data-figures className="whitespace-nowrap">
      {moneyText(amountMinor, currency, format)}
    </span>
  )
}

export type NumProps = { value: number | null | undefined; style?: 'exact' | 'compact' | 'percent' }

/** A number as the reader writes it; a compact one, for tiles only, shows the exact one on hover. */
export function Num({ value, style = 'exact' }: NumProps) {
  const format = useFormat()
  if (value === null || value === undefined) return <MissingValue />
  return (
    <span data-figures title={style === 'compact' ? numberText(value, format) : undefined}>
      {numberText(value, format, style)}
    </span>
  )
}
