import type { SavedChoice } from '#lib/transactions/payment-page'

const BRANDS: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  diners: 'Diners Club',
  discover: 'Discover',
}

/** `Visa •••• 1111`: what a person knows a saved instrument by. */
export function savedName({ type, brand, lastFour, ibanMasked }: SavedChoice): string {
  if (type === 'iban') return ibanMasked ?? 'Bank account'
  const name = BRANDS[brand ?? ''] ?? brand ?? (type === 'card' ? 'Card' : 'Wallet')
  return lastFour ? `${name} •••• ${lastFour}` : name
}
