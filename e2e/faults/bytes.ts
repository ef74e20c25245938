// Looks for planted values in every byte that a process wrote.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())

const ENCODINGS: Record<string, (value: Buffer) => Buffer[]> = {
  'UTF-8': (value) => [value],
  'UTF-16': (value) => {
    const little = Buffer.from(value.toString('utf8'), 'utf16le')
    return [little, Buffer.from(little).swap16()]
  },
  // Inside a longer text a value may begin at any of three places of base64's groups of three bytes.
  base64: (value) =>
    [0, 1, 2].flatMap((from) => {
      const whole = value.subarray(from, from + 3 * Math.floor((value.length - from) / 3))
      return [Buffer.from(whole.toString('base64')), Buffer.from(whole.toString('base64url'))]
    }),
  hex: (value) => [Buffer.from(value.toString('hex')), Buffer.from(value.toString('hex').toUpperCase())],
  reversed: (value) => [Buffer.from(value).reverse()],
}

/** Where any of the values is, in any encoding and either case. */
export function hits(sources: Record<string, Buffer>, values: Record<string, string>): string[] {
  return Object.entries(sources).flatMap(([source, bytes]) =>
    Object.entries(values).flatMap(([name, value]) =>
      Object.entries(ENCODINGS)
        .filter(([, encode]) =>
          [value, value.toLowerCase()].some((text) =>
            encode(Buffer.from(text)).some((needle) => bytes.includes(needle)),
          ),
        )
        .map(([encoding]) => `${name} as ${encoding} in ${source}`),
    ),
  )
}

export const contents = (folder: string): Record<string, Buffer> =>
  Object.fromEntries(filesIn(folder).map((file) => [path.relative(folder, file), readFileSync(file)]))
