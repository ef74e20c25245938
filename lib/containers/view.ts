// The container as the dashboard gets it.
import type { Json } from '../core/json.ts'
import { plain } from '../core/json.ts'
import type { Container } from './queries.ts'

export type ContainerView = Json<Omit<Container, 'merchantId'>>

export function containerView({ merchantId, ...own }: Container): ContainerView {
  return plain(own)
}
