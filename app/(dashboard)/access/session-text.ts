import { deviceText } from './device.ts'
import type { StaffSession } from './reads.ts'

/** A staff token of a program, or the browser by name. */
export const sessionText = ({ kind, device }: Pick<StaffSession, 'kind' | 'device'>): string =>
  kind === 'api' ? `Staff token, ${deviceText(device)}` : deviceText(device)
