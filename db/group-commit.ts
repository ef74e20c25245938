// Commands that arrive together share one transaction and one fsync: durable and fast. Each has its own savepoint, so
// one that fails undoes itself alone. Nobody is answered, not even with an error, before COMMIT: until then every
// outcome rests on rows that may still vanish.
import type SQLite from 'better-sqlite3'
import { AppError } from '#lib/core/errors'
import type { Writer } from './client.ts'

const MAX_GROUP = 256
const MAX_QUEUE = 4096

type Run<T> = (writer: Writer) => Promise<T>
type Waiting = { run: Run<unknown>; appends: boolean; resolve(value: unknown): void; reject(err: unknown): void }

/** `committed` is called after each commit, before anybody is told of it, and hears whether it did more than append. */
export function groupCommit(connection: SQLite.Database, writer: Writer, committed: (changed: boolean) => void) {
  const begin = connection.prepare('BEGIN IMMEDIATE')
  const commit = connection.prepare('COMMIT')
  const rollback = connection.prepare('ROLLBACK')
  const mark = connection.prepare('SAVEPOINT command')
  const release = connection.prepare('RELEASE command')
  const undo = connection.prepare('ROLLBACK TO command')
  let queue: Waiting[] = []
  let draining: Promise<void> | undefined

  async function savepoint<T>(run: Run<T>): Promise<T> {
    mark.run()
    try {
      const value = await run(writer)
      release.run()
      return value
    } catch (err) {
      // A full disk or an I/O error rolls the whole transaction back, and with it the savepoint.
      if (connection.inTransaction) {
        undo.run()
        release.run()
      }
      throw err
    }
  }

  async function commitGroup(group: Waiting[]): Promise<void> {
    const answers: (() => void)[] = []
    try {
      begin.run()
      for (const waiting of group) {
        const answer = await savepoint(waiting.run).then(
          (value) => () => waiting.resolve(value),
          (err) => () => waiting.reject(err),
        )
        if (!connection.inTransaction) throw new AppError('STORAGE_FULL')
        answers.push(answer)
      }
      commit.run()
      committed(group.some(({ appends }) => !appends))
      for (const answer of answers) answer()
    } catch (err) {
      if (connection.inTransaction) rollback.run()
      for (const waiting of group) waiting.reject(err)
    }
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const group = queue.slice(0, MAX_GROUP)
      queue = queue.slice(MAX_GROUP)
      await commitGroup(group)
      // Lets answers go out and the next commands come in before the next transaction opens.
      await new Promise(setImmediate)
    }
    draining = undefined
  }

  return {
    savepoint,
    waiting: () => queue.length,
    idle: async () => draining,
    write: <T>(run: Run<T>, appends = false): Promise<T> => {
      if (queue.length >= MAX_QUEUE) return Promise.reject(new AppError('WRITER_BUSY'))
      return new Promise<T>((resolve, reject) => {
        queue.push({ run, appends, resolve: resolve as (value: unknown) => void, reject })
        draining ??= new Promise((start) => setImmediate(start)).then(drain)
      })
    },
  }
}
