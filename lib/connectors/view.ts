// The connector as the dashboard gets it: without credentials, dates as text.
import type { Json } from '../core/json.ts'
import { plain } from '../core/json.ts'
import type { Connector } from './queries.ts'

export type ConnectorView = Json<Omit<Connector, 'merchantId'>>

export function connectorView({ merchantId, ...own }: Connector): ConnectorView {
  return plain(own)
}
