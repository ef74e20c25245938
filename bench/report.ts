// From measures to figures, limits, and the page docs/performance.md.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import SQLite from 'better-sqlite3'
import type { Measure } from './load.ts'
import { ROOT } from './seed.ts'
import { type Op, pinned, type System } from './systems.ts'

/** One operation at one concurrency; each system's measures in the order of the rounds. */
export type Cell = { op: Op; connections: number; measures: Record<System['name'], Measure[]> }
export type Run = { rows: number; rounds: number; seconds: number; warmSeconds: number; seed: number; cells: Cell[] }

/** At 32 connections: the least share of the floor's rate, and the highest p99. Each is a promise of the product. */
const LIMITS: Record<Op, { ofFloor: number; p99Ms: number; ofNext?: number }> = {
  read: { ofFloor: 0.35, p99Ms: 10, ofNext: 10 },
  create: { ofFloor: 0.3, p99Ms: 60 },
  list: { ofFloor: 0.6, p99Ms: 10 },
  deep: { ofFloor: 0.6, p99Ms: 10 },
  search: { ofFloor: 0.4, p99Ms: 60 },
}
const LIMITED_AT = 32

const NAMES: Record<Op, string> = {
  read: 'read by id',
  create: 'create',
  list: `list of 50`,
  deep: 'deep page of 50',
  search: 'search',
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 ? (sorted[Math.floor(middle)] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

const quantile = (measures: readonly Measure[], share: number): number => {
  const all = measures.flatMap((measure) => measure.latenciesMs).sort((a, b) => a - b)
  return all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0
}

/** The rates' ratio round by round, then the median: what slows the machine slows both systems of a round. */
const ratio = (over: readonly Measure[], under: readonly Measure[]): number =>
  median(over.map((measure, round) => measure.perSecond / (under[round]?.perSecond ?? 0)))

const rate = (measures: readonly Measure[]): string =>
  measures.length ? Math.round(median(measures.map(({ perSecond }) => perSecond))).toLocaleString('en') : ''
const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 1)
const percent = (share: number): string => `${Math.round(share * 100)} %`

/** What misses its limit, in words; empty when all is kept. */
export function missed(cells: readonly Cell[]): string[] {
  return cells.flatMap(({ op, connections, measures: { floor, product, next } }) => {
    if (connections !== LIMITED_AT) return []
    const { ofFloor, p99Ms, ofNext } = LIMITS[op]
    const share = ratio(product, floor)
    const p99 = quantile(product, 0.99)
    return [
      share < ofFloor ? [`${NAMES[op]}: ${percent(share)} of the floor, the limit is ${percent(ofFloor)}`] : [],
      p99 >= p99Ms ? [`${NAMES[op]}: p99 ${ms(p99)} ms, the limit is ${p99Ms} ms`] : [],
      ofNext && ratio(product, next) < ofNext
        ? [`${NAMES[op]}: ${ratio(product, next).toFixed(1)} times the Next handler, the limit is ${ofNext} times`]
        : [],
    ].flat()
  })
}

const COLUMNS = [
  'operation',
  'connections',
  'floor /s',
  'Clientele /s',
  'of the floor',
  'limit',
  'p50 ms',
  'p99 ms',
  'limit ms',
  'floor p50',
  'floor p99',
  'kept',
]

function rowOf(cell: Cell): string[] {
  const {
    op,
    connections,
    measures: { floor, product },
  } = cell
  const limited = connections === LIMITED_AT
  return [
    NAMES[op],
    String(connections),
    rate(floor),
    rate(product),
    percent(ratio(product, floor)),
    limited ? `≥ ${percent(LIMITS[op].ofFloor)}` : '',
    ms(quantile(product, 0.5)),
    ms(quantile(product, 0.99)),
    limited ? `< ${LIMITS[op].p99Ms}` : '',
    ms(quantile(floor, 0.5)),
    ms(quantile(floor, 0.99)),
    limited ? (missed([cell]).length ? 'no' : 'yes') : '',
  ]
}

/** The table in Markdown, its columns aligned for a terminal as well. */
export function table(cells: readonly Cell[]): string {
  const rows = [COLUMNS, ...cells.map(rowOf)]
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const pad = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)
  const lines = rows.map((row) => `| ${row.map(pad).join(' | ')} |`)
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

/** The product's reads beside the bare Next route handler. */
export function besideNext(cells: readonly Cell[]): string {
  const told = cells.flatMap(({ op, connections, measures: { product, next } }) =>
    next.length
      ? [
          `${ratio(product, next).toFixed(1)} times at ${connections} connection${connections > 1 ? 's' : ''} (${rate(next)}/s; limit at 32: ≥ ${LIMITS[op].ofNext} times)`,
        ]
      : [],
  )
  return `A read by id beside a bare Next route handler that returns fixed JSON: ${told.join(', ')}.`
}

const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as { version: string })
    .version

function sqliteVersion(): string {
  const memory = new SQLite(':memory:')
  const { version } = memory.prepare('SELECT sqlite_version() AS version').get() as { version: string }
  memory.close()
  return version
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return 'unknown'
  }
}

/** The whole page docs/performance.md. */
export function page({ rows, rounds, seconds, warmSeconds, seed, cells }: Run): string {
  const cpu = os.cpus()[0]?.model.trim() ?? 'unknown processor'
  const memory = `${Math.round(os.totalmem() / 2 ** 30)} GB`
  const cores = pinned
    ? 'each server on core 0, the load on core 1'
    : 'servers and load unpinned, so the ratios are rough'
  const notKept = missed(cells)
  return `# Performance

Written by \`npm run bench\`; do not edit. Ratios to a floor carry over to other machines, absolute figures do not.

- **When and what:** ${new Date().toISOString().slice(0, 10)}, commit ${commit()}, Node ${process.versions.node}, SQLite ${sqliteVersion()}, Hono ${versionOf('hono')}, Drizzle ${versionOf('drizzle-orm')}, Next ${versionOf('next')}.
- **Machine:** ${cpu}, ${os.cpus().length} cores, ${memory}, ${os.type()} ${os.release()}; ${cores}.
- **Data:** ${rows.toLocaleString('en')} customers in each system, the same ones; seed ${seed}.
- **Clientele** is the production server without its pages, in one process: API key looked up on every request, permission, validation and card
  guard, audit event for every read by id, search and change, outbox event and its worker, duplicate check, search index, request log into a
  file; WAL with \`synchronous=FULL\`, group commit; the database is not encrypted (\`DATABASE_KEY=none\`), like the floor's.
- **The floor** is bare \`node:http\` over prepared statements of the same SQLite driver: the same people in seven columns, the same search index
  over the same text, the same durability and group commit, one hashed API key; no tenancy, validation, audit or outbox.
- **Method:** raw keep-alive sockets, one request in flight on each; floor, Clientele and Next take turns in one run, ${rounds} round${rounds > 1 ? 's' : ''} of ${seconds} s after
  ${warmSeconds} s unmeasured. Rates and ratios are medians over the rounds, percentiles come from all of them. One wrong answer ends the bench. Reads and
  deep pages (behind 90 % of the list) are picked at random; half of the searches find about one customer in a hundred, half exactly one.

${table(cells)}

${besideNext(cells)}

${notKept.length ? `**Limits missed:**\n\n${notKept.map((line) => `- ${line}`).join('\n')}` : 'Every limit is kept.'}
`
}
