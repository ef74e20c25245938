/** Money is integer minor units inside, and a double, a number or a decimal string on the wires. Browser-safe. */

/** ISO 4217 codes in use. Not `Intl`: its list and its decimals follow habits of display and change with the runtime. */
const CODES =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE ' +
  'CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ ' +
  'GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL ' +
  'LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN ' +
  'PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD ' +
  'TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ZWL'
const DECIMALS: Record<string, number> = Object.fromEntries([
  ...CODES.split(' ').map((code) => [code, 2]),
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3]),
  ...'CLF UYW'.split(' ').map((code) => [code, 4]),
])

/** Why a decimal string is not an amount of the currency. */
export type MoneyFault = 'currency' | 'format' | 'decimals' | 'range'

/** True for an ISO 4217 code in use, upper case. */
export const isCurrency = (code: string): boolean => Object.hasOwn(DECIMALS, code)

/** Every known code, sorted. */
export const currencyCodes: readonly string[] = Object.keys(DECIMALS).sort()

/** Decimals of the minor unit by ISO 4217; 2 for a code that is not known, as an old row may hold one. */
export const currencyDecimals = (currency: string): number => (isCurrency(currency) ? (DECIMALS[currency] ?? 2) : 2)

/** `(1999, 'EUR')` → `'19.99'`. `amountMinor` is a safe integer; the string always has all decimals of the currency. */
export const toDecimal = (amountMinor: number, currency: string): string => {
  const decimals = currencyDecimals(currency)
  const digits = String(Math.abs(amountMinor)).padStart(decimals + 1, '0')
  const sign = amountMinor < 0 ? '-' : ''
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** `(1999, 'EUR')` → `19.99`, the double nearest to the exact amount. */
export const toDouble = (amountMinor: number, currency: string): number => Number(toDecimal(amountMinor, currency)) + 0

/**
 * `('19.99', 'EUR')` → `{ amountMinor: 1999 }`. Fewer decimals than the currency has are filled up; more are a fault,
 * also when they are zero, and so is everything that is no plain decimal number or leaves the safe integers.
 */
export const fromDecimal = (text: string, currency: string): { amountMinor: number } | { fault: MoneyFault } => {
  if (!isCurrency(currency)) return { fault: 'currency' }
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  if (whole === undefined) return { fault: 'format' }
  const decimals = currencyDecimals(currency)
  if (fraction.length > decimals) return { fault: 'decimals' }
  const amountMinor = Number(whole + fraction.padEnd(decimals, '0'))
  if (!Number.isSafeInteger(amountMinor)) return { fault: 'range' }
  return { amountMinor: sign === '-' && amountMinor !== 0 ? -amountMinor : amountMinor }
}
