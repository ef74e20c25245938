// Everything CI runs, one suite after the other: `npm test`, or `npm run test:only -- types unit` for suites by name.
// The last line is always "N passed, N failed" over all suites; a suite that breaks off counts as a failed test.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './tools.js'

type Count = { passed: number; failed: number; skipped: number }
type Suite = {
  name: string
  command: string[]
  env?: Record<string, string>
  /** Reads the suite's own report; a suite without one is a single check. */
  count?: (report: unknown) => Count
  needs?: string
}

const REPORTS = path.join(ROOT, '.cache/test')
const reportOf = (name: string) => path.join(REPORTS, `${name.replaceAll(' ', '-')}.json`)

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}
function countVitest(report: unknown): Count {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = report as VitestReport
  // A file that cannot be loaded has no tests to count, so it counts itself.
  const broken = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  return { passed: numPassedTests, failed: numFailedTests + broken.length, skipped: numPendingTests }
}

type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: unknown[]
}
function countPlaywright(report: unknown): Count {
  const { stats, errors } = report as PlaywrightReport
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }
}

const vitest = (name: string, ...args: string[]) => [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportOf(name)}`,
  ...args,
]

const SUITES: Suite[] = [
  { name: 'lint', command: ['biome', 'check', '.', '--error-on-warnings'] },
  { name: 'dead code', command: ['knip'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'migrations', command: ['node', 'scripts/migrations.ts', '--check'] },
  { name: 'unit sqlite', command: vitest('unit sqlite'), env: { DATABASE_URL: '' }, count: countVitest },
  { name: 'unit postgres', command: vitest('unit postgres'), env: { DATABASE_URL: 'postgres:' }, count: countVitest },
  {
    name: 'http sqlite',
    command: vitest('http sqlite', '--config', 'vitest.http.config.ts'),
    env: { DATABASE_URL: '' },
    count: countVitest,
  },
  {
    name: 'http postgres',
    command: vitest('http postgres', '--config', 'vitest.http.config.ts'),
    env: { DATABASE_URL: 'postgres:' },
    count: countVitest,
  },
  { name: 'build', command: ['node', 'scripts/build.ts'] },
  {
    name: 'e2e',
    command: ['playwright', 'test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf('e2e') },
    count: countPlaywright,
    needs: 'build',
  },
  {
    name: 'crash',
    command: vitest('crash', '--config', 'vitest.crash.config.ts'),
    count: countVitest,
    needs: 'build',
  },
]

/** Runs one suite with its output shown as it comes, then reads what it counted. */
function runSuite(suite: Suite): Count {
  const [command = '', ...args] = suite.command
  const report = reportOf(suite.name)
  rmSync(report, { force: true })
  const bin = path.join(ROOT, 'node_modules/.bin')
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}`, ...suite.env }
  const done = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', env })
  const succeeded = done.status === 0
  if (!suite.count) return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 }
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const count = suite.count(JSON.parse(readFileSync(report, 'utf8')))
  return !succeeded && count.failed === 0 ? { ...count, failed: 1 } : count
}

function runAll(suites: Suite[]): Count {
  const total: Count = { passed: 0, failed: 0, skipped: 0 }
  const lines: string[] = []
  const broken = new Set<string>()
  for (const suite of suites) {
    console.log(`\n── ${suite.name} ──`)
    const startedAt = performance.now()
    const blocked = suite.needs !== undefined && broken.has(suite.needs)
    if (blocked) console.log(`not run, since ${suite.needs} failed`)
    const count = blocked ? { passed: 0, failed: 1, skipped: 0 } : runSuite(suite)
    if (count.failed > 0) broken.add(suite.name)
    total.passed += count.passed
    total.failed += count.failed
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
    lines.push(
      `${suite.name.padEnd(14)} ${seconds.padStart(7)} s   ${count.passed} passed, ${count.failed} failed${skipped}`,
    )
  }
  console.log(`\n${lines.join('\n')}\n`)
  return total
}

const asked = process.argv.slice(2)
const isAsked = (suite: Suite) => asked.length === 0 || asked.some((word) => suite.name.startsWith(word))
mkdirSync(REPORTS, { recursive: true })
const total = runAll(SUITES.filter(isAsked))
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
