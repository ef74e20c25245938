import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')
const root = css.slice(css.indexOf(':root {'), css.indexOf('@theme inline'))
const split = root.indexOf('@variant dark {')
const light = tokens(root.slice(0, split))
const dark = tokens(root.slice(split))

function tokens(block: string): ReadonlyMap<string, string> {
  const found = block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)
  return new Map(Array.from(found, ([, name, value]) => [name ?? '', value ?? '']))
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const grounds = ['canvas', 'surface', 'sunken']
const softs = ['accent-soft', 'success-soft', 'warning-soft', 'danger-soft']
const charts = ['chart-1', 'chart-2', 'chart-3', 'chart-4', 'chart-5', 'chart-6']

/** Front colours, the grounds they stand on, and the least contrast of the token table. */
const pairs: [fronts: string[], backs: string[], least: number][] = [
  [['control'], grounds, 3.1],
  [['text'], grounds, 13.8],
  [['text'], softs, 12],
  [['muted'], [...grounds, ...softs], 6.7],
  [['subtle'], [...grounds, ...softs], 5.2],
  [['white'], ['accent', 'accent-hover'], 4.9],
  [['accent-text'], [...grounds, 'accent-soft'], 6.4],
  [['white'], ['danger-fill', 'danger-hover'], 5],
  [charts, ['canvas', 'surface'], 4.6],
  ...['success', 'warning', 'danger'].flatMap((name): [string[], string[], number][] => [
    [[`${name}-text`], [...grounds, `${name}-soft`], 6.2],
    [[`${name}-solid`], grounds, 4.2],
    // On its own soft ground a solid is a mark, so the bound for graphics holds.
    [[`${name}-solid`], [`${name}-soft`], 3],
  ]),
]

const themes = [
  { name: 'light', of: light },
  { name: 'dark', of: dark },
]

describe.each(themes)('the $name theme', ({ of }) => {
  const cases = pairs.flatMap(([fronts, backs, least]) =>
    fronts.flatMap((front) => backs.map((back) => ({ front, back, least }))),
  )

  test.each(cases)('$front on $back reaches $least', ({ front, back, least }) => {
    const foreground = front === 'white' ? '#ffffff' : of.get(front)
    const background = of.get(back)
    expect(foreground, front).toBeDefined()
    expect(background, back).toBeDefined()
    expect(contrast(foreground ?? '', background ?? '')).toBeGreaterThanOrEqual(least)
  })
})

test('both themes have the same tokens, and every one is offered as a class', () => {
  expect([...dark.keys()]).toEqual([...light.keys()])
  for (const name of light.keys()) expect(css).toContain(`--color-${name}: var(--${name});`)
})
