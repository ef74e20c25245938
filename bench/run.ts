// How fast is Clientele beside the fastest that the same store could be? `npm run bench` takes about five minutes and
// writes docs/performance.md; `-- --quick` takes about one and writes nothing. Ends with 1 when a limit is missed.
// Options: --rows 100000 --rounds 3 --seconds 2 --warm 0.5 --connections 32,1 --ops read,create --seed 1 --port 4150
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { load, type Measure } from './load.ts'
import { besideNext, type Cell, missed, page, table } from './report.ts'
import { ROOT, seededCopies } from './seed.ts'
import { type Op, pinLoader, pinned, type System, startFloor, startNext, startProduct, stopAll } from './systems.ts'

const OPS: readonly Op[] = ['read', 'list', 'deep', 'search', 'create']
/** Reading is where the product promises to be faster than a Next handler, so only there is one measured. */
const BESIDE_NEXT: Op = 'read'

const { values: asked } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rows: { type: 'string', default: '100000' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    warm: { type: 'string' },
    connections: { type: 'string', default: '32,1' },
    ops: { type: 'string', default: OPS.join(',') },
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: '4150' },
  },
})

const rows = Number(asked.rows)
const rounds = Number(asked.rounds ?? (asked.quick ? 1 : 3))
const seconds = Number(asked.seconds ?? (asked.quick ? 1.5 : 3))
const warmSeconds = Number(asked.warm ?? (asked.quick ? 0.3 : 0.5))
const seed = Number(asked.seed)
const port = Number(asked.port)
const say = (text: string) => console.log(text)

const seeded = seededCopies(rows, say)
const next = await startNext(port + 2, say)
const floor = await startFloor(port, seeded, rows)
const product = await startProduct(port + 1, seeded, rows)
pinLoader()
say(`servers ${pinned ? 'on core 0, load on core 1' : 'and load unpinned'}; seed ${seed}`)

const measure = (
  system: System,
  op: Op,
  connections: number,
  round: number,
  length: { warmSeconds: number; seconds: number },
) =>
  load({
    port: system.port,
    pid: system.pid,
    headers: system.headers,
    next: system.requests(op, seed * 1000 + round),
    check: (body) => system.check(op, body),
    connections,
    ...length,
  }).catch((err) => {
    throw new Error(`${system.name}, ${op}, ${connections} connections: ${err.message}`, { cause: err })
  })

const share = (cpu: number | undefined) => (cpu === undefined ? '?' : `${Math.round(cpu * 100)} %`)
/** A server that is waited for but does not get its core shares the machine with something else. */
const coresOf = ({ serverCpu, loaderCpu }: Measure) =>
  `server ${share(serverCpu)} of a core, loader ${share(loaderCpu)}`

const cells: Cell[] = asked.ops.split(',').flatMap((op) =>
  asked.connections.split(',').map((connections) => ({
    op: op as Op,
    connections: Number(connections),
    measures: { floor: [], product: [], next: [] },
  })),
)
// Every code path runs hot once, so that the first round measures the same programs as the last.
for (const system of [floor, product, next]) {
  for (const op of OPS) await measure(system, op, 32, -1, { warmSeconds: 0, seconds: asked.quick ? 0.5 : 1 })
}
for (let round = 0; round < rounds; round++) {
  for (const { op, connections, measures } of cells) {
    const systems = op === BESIDE_NEXT ? [floor, product, next] : [floor, product]
    // Every other round goes the other way, so that no system is always measured behind the same neighbour.
    for (const system of round % 2 ? systems.toReversed() : systems) {
      const result = await measure(system, op, connections, round, { warmSeconds, seconds })
      measures[system.name].push(result)
      const rate = Math.round(result.perSecond).toLocaleString('en').padStart(7)
      say(
        `${op.padEnd(7)} ${String(connections).padStart(2)} × ${system.name.padEnd(8)} ${rate}/s   ${coresOf(result)}`,
      )
    }
  }
}
stopAll()

say(`\n${table(cells)}\n\n${cells.some(({ measures }) => measures.next.length) ? besideNext(cells) : ''}`)
const complete = OPS.every((op) => cells.some((cell) => cell.op === op))
if (complete && !asked.quick) {
  writeFileSync(path.join(ROOT, 'docs/performance.md'), page({ rows, rounds, seconds, warmSeconds, seed, cells }))
  say('\nwritten to docs/performance.md')
}
const notKept = missed(cells)
for (const line of notKept) say(`LIMIT MISSED  ${line}`)
process.exit(notKept.length > 0 ? 1 : 0)
