import { rmSync } from 'node:fs'

/** Removes the data folder that playwright.config.ts made for this run. */
export default function removeData(): void {
  if (process.env.E2E_DATA_DIR) rmSync(process.env.E2E_DATA_DIR, { recursive: true, force: true })
}
