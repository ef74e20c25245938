import { fold } from '#lib/core/text'

type Range = [from: number, to: number]

/** Where the words stand in the text, however they are accented or cased there. */
function hits(text: string, words: readonly string[]): Range[] {
  const letters = [...text]
  const folded: string[] = []
  const origin: number[] = []
  letters.forEach((letter, index) => {
    for (const part of fold(letter)) {
      folded.push(part)
      origin.push(index)
    }
  })
  const haystack = folded.join('')
  const found = words.flatMap((word): Range[] => {
    const at = haystack.indexOf(word)
    const [from, last] = [origin[at], origin[at + word.length - 1]]
    return at < 0 || from === undefined || last === undefined ? [] : [[from, last + 1]]
  })
  return merged(found.toSorted((a, b) => a[0] - b[0]))
}

function merged(ranges: readonly Range[]): Range[] {
  const result: Range[] = []
  for (const [from, to] of ranges) {
    const before = result.at(-1)
    if (before && from <= before[1]) before[1] = Math.max(before[1], to)
    else result.push([from, to])
  }
  return result
}

/** The words of a search that may stand in a text: no fields, no exclusions. */
export const searchedWords = (q: string): string[] =>
  q
    .split(/\s+/)
    .filter((word) => word !== '' && !word.startsWith('-') && !/^[a-z][\w.]*(:|>|<)/i.test(word))
    .map((word) => fold(word.replaceAll('"', '')))
    .filter(Boolean)

/** A text with what was searched for marked in it. */
export function Highlight({ text, words }: { text: string; words: readonly string[] }) {
  const ranges = words.length === 0 ? [] : hits(text, words)
  if (ranges.length === 0) return <bdi>{text}</bdi>
  const letters = [...text]
  const pieces: React.ReactNode[] = []
  let at = 0
  for (const [from, to] of ranges) {
    pieces.push(letters.slice(at, from).join(''))
    pieces.push(
      <mark key={from} className="rounded-badge bg-warning-soft text-text">
        {letters.slice(from, to).join('')}
      </mark>,
    )
    at = to
  }
  pieces.push(letters.slice(at).join(''))
  return <bdi>{pieces}</bdi>
}
