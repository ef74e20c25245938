// Which gateway stands behind an adapter.
import type { Gateway } from './gateway.ts'
import { ixopay } from './ixopay.ts'
import { simulator } from './simulator.ts'

const GATEWAYS: Readonly<Record<string, Gateway>> = { simulator, ixopay }

/** Undefined for an adapter that sends nothing itself, such as a meta-connector. */
export const gatewayOf = (adapter: string): Gateway | undefined => GATEWAYS[adapter]
