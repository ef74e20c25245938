// Runs in a thread of its own: moves the write-ahead log into the database file beside the requests. Inside a commit it
// would hold every request for its writes and fsyncs.
import fs from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import SQLite from 'better-sqlite3'
import { unlock } from './unlock.ts'

export type CheckpointData = { file: string; key: string | undefined }

const EVERY_MS = 250
/** A log smaller than this is left for later. */
const WORTHWHILE_BYTES = 1_000_000

const { file, key }: CheckpointData = workerData
const connection = new SQLite(file)
unlock(connection, key)
connection.pragma('synchronous = FULL')

const timer = setInterval(() => {
  const log = fs.statSync(`${file}-wal`, { throwIfNoEntry: false })
  // PASSIVE waits for nobody and makes nobody wait; what it cannot move now comes next time.
  if (log && log.size > WORTHWHILE_BYTES) connection.pragma('wal_checkpoint(PASSIVE)')
}, EVERY_MS)

parentPort?.once('message', () => {
  clearInterval(timer)
  connection.close()
  parentPort?.postMessage('closed')
})
