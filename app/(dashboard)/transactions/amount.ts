// An amount as people type it, for one currency.
import { z } from 'zod'
import { currencyDecimals, fromDecimal, isCurrency } from '#lib/core/money'

/** `12`, `12.5` or `12,50` → minor units of `currency`; a sentence in `fault` for anything else. */
export function parseAmount(text: string, currency: string): { amountMinor: number } | { fault: string } {
  if (!isCurrency(currency)) return { fault: 'Choose a currency first.' }
  const parsed = fromDecimal(text.trim().replace(',', '.'), currency)
  if ('amountMinor' in parsed)
    return parsed.amountMinor > 0 ? parsed : { fault: 'The amount must be greater than zero.' }
  if (parsed.fault === 'decimals') {
    const decimals = currencyDecimals(currency)
    return { fault: decimals === 0 ? `${currency} has no decimals.` : `${currency} has ${decimals} decimals at most.` }
  }
  if (parsed.fault === 'range') return { fault: 'This amount is too large.' }
  return { fault: 'Type an amount such as 19.99.' }
}

export const Currency = z
  .string()
  .transform((text) => text.trim().toUpperCase())
  .refine(isCurrency, 'Type the code of a currency, such as EUR.')
