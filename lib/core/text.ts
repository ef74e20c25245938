/** Text rules shared by every field. Browser-safe: no imports. */

/** Letters that Unicode does not decompose, yet people type without their stroke or ligature. */
const PLAIN: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  // A Greek word may end in either sigma, and a search term ends where the stored word goes on.
  ς: 'σ',
}
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu')
const ASCII = /^[\0-\x7f]*$/

/**
 * Folds text for search and comparison without case and accents: compatibility forms, marks and case are gone.
 * Folding twice gives the same as folding once. Never throws.
 */
export const fold = (text: string): string => {
  if (ASCII.test(text)) return text.toLowerCase()
  const bare = (part: string) => part.normalize('NFKD').replace(/\p{M}/gu, '')
  return bare(bare(text).toLowerCase()).replace(SPECIAL, (letter) => PLAIN[letter] ?? letter)
}

/** What is stored of a text: Unicode NFC, without white space around it. */
export const clean = (text: string): string => (ASCII.test(text) ? text : text.normalize('NFC')).trim()

/** Control characters. Line breaks are allowed in long texts only, which say so by `multiline`. */
export const hasControl = (text: string, { multiline = false }: { multiline?: boolean } = {}): boolean =>
  multiline ? /(?![\r\n])\p{Cc}/u.test(text) : /\p{Cc}/u.test(text)

/** Half of a surrogate pair. It cannot be written as UTF-8, so a store would hand back another text. */
export const hasLoneSurrogate = (text: string): boolean => /\p{Cs}/u.test(text)

/** Length in Unicode code points, the unit of every limit. */
export const codePoints = (text: string): number => {
  let count = text.length
  for (let i = 1; i < text.length; i++) {
    const low = text.charCodeAt(i)
    if (low < 0xdc00 || low > 0xdfff) continue
    const high = text.charCodeAt(i - 1)
    if (high >= 0xd800 && high <= 0xdbff) count--
  }
  return count
}

/**
 * The form in which two e-mail addresses are compared. Width and case are folded, accents are not: `jose@` and
 * `josé@` are two mailboxes. Mail always goes to the stored spelling, never to the one that was asked for.
 */
export const foldEmail = (email: string): string =>
  ASCII.test(email) ? email.trim().toLowerCase() : email.normalize('NFKC').trim().toLowerCase().normalize('NFKC')
