// Calls server actions the way a browser does, without one, and knows all of them from the build's own manifest.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { APIRequestContext } from '@playwright/test'
import { BASE } from './fixtures.ts'

type Manifest = {
  node: Record<string, { workers: Record<string, unknown>; filename: string; exportedName: string }>
}

export type Action = { id: string; file: string; name: string; page: string }

const MANIFEST = path.resolve(import.meta.dirname, '../.next/server/server-reference-manifest.json')

/** A page's address as its route names it: groups left out, parameters filled with something. */
const addressOf = (worker: string): string =>
  worker
    .replace(/^app/, '')
    .replace(/\/page$/, '')
    .replaceAll(/\/\([^)]+\)/g, '')
    .replaceAll(/\[[^\]]+\]/g, '1') || '/'

/** Every action that the server would run, with a page to send it to. */
export function actions(): Action[] {
  const { node } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Manifest
  return Object.entries(node).map(([id, { workers, filename, exportedName }]) => {
    const pages = Object.keys(workers).filter((worker) => !worker.includes('[...'))
    return { id, file: filename, name: exportedName, page: addressOf(pages[0] ?? Object.keys(workers)[0] ?? '') }
  })
}

export type Outcome = { status: number; ok: boolean | undefined; code: string | undefined; text: string }

/** Runs an action with these arguments; headers set to undefined are not sent. */
export async function call(
  api: APIRequestContext,
  action: Action,
  args: readonly unknown[],
  headers: Record<string, string | undefined> = { origin: BASE },
): Promise<Outcome> {
  const all = {
    'next-action': action.id,
    'content-type': 'text/plain;charset=UTF-8',
    accept: 'text/x-component',
    ...headers,
  }
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >
  const answer = await api.post(action.page, { headers: sent, data: JSON.stringify(args), maxRedirects: 0 })
  const text = await answer.text()
  const line = text.split('\n').find((each) => /^\w+:\{"ok":/.test(each))
  const result = line && (JSON.parse(line.slice(line.indexOf(':') + 1)) as { ok: boolean; error?: { code: string } })
  return {
    status: answer.status(),
    ok: result ? result.ok : undefined,
    code: result ? result.error?.code : undefined,
    text,
  }
}
