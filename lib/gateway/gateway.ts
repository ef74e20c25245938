// What a gateway is to Clientele: it takes an order, says how it went, and can be asked again. It is never called
// inside a transaction of the database.
import type { PaymentData, TransactionRequest } from '../transactions/schema.ts'

/**
 * What a gateway tells of a card, an account or a wallet; never a number. `reference` is the gateway's own name for it,
 * equal for the same card, and is kept only as a keyed fingerprint once the instrument is saved.
 */
export type InstrumentData = (
  | { type: 'card'; brand: string; firstSix: string; lastFour: string; expMonth: number; expYear: number }
  | { type: 'iban'; ibanMasked: string }
  | { type: 'wallet'; brand: string; lastFour: string | null }
  | { type: 'bank'; brand: null; lastFour: string }
) & { holderName: string | null; reference: string }

export type OrderType =
  | 'register'
  | 'deregister'
  | 'debit'
  | 'preauthorize'
  | 'increment'
  | 'capture'
  | 'void'
  | 'refund'
  | 'payout'

/** Where a connector's payments go, and as whom. */
export type GatewayAccount = {
  connectorId: number
  baseUrl: string
  apiKey: string
  username: string
  password: string
  sharedSecret: string
}

/** What is handed on to the gateway and kept nowhere: its own token, or an account that the merchant names. */
export type Handed = { token?: string; paymentData?: PaymentData }

/** What a gateway is asked to do. `amountMinor` is null where no money moves. */
export type Order = {
  uuid: string
  type: OrderType
  amountMinor: number | null
  currency: string | null
  instrument: InstrumentData | null
  /** The gateway's own reference of the movement that this one continues, or of the registration that it pays with. */
  continues: string | null
  extraData: Readonly<Record<string, string>>
  createdAt: Date
  /** The whole request, for a gateway that is told of it. */
  request: TransactionRequest
  /** Empty when an order is asked about. */
  handed: Handed
  /** What the gateway has called it by, once it has told of it. */
  gatewayReference: string | null
  /** The gateway's page that the person was sent to. */
  redirectUrl: string | null
  /** Null for a connector that has none. */
  account: GatewayAccount | null
}

/** A decline is data: the code is that of the payment API (2003 declined, 3001 timeout, …). */
export type Decline = { errorCode: number; errorMessage: string; adapterCode: string; adapterMessage: string }

/**
 * How an order stands. One that is not final is to be asked about at `askAt`; a redirect waits for the person at the
 * gateway's page, `redirectUrl` unless ours stands in for it. `instrument` is what the gateway tells of what was handed on.
 */
export type Outcome =
  | { state: 'success'; gatewayReference: string; instrument?: InstrumentData }
  | { state: 'pending'; gatewayReference: string | null; askAt: Date }
  | { state: 'redirect'; gatewayReference: string; askAt: Date; redirectUrl?: string }
  | ({ state: 'error'; gatewayReference: string | null } & Decline)
  | { state: 'cancelled'; gatewayReference: string | null }

export type Gateway = {
  /** Sends an order once. Throws only when it is not known whether the gateway took it. */
  send(order: Order, now: Date): Promise<Outcome>
  /**
   * How an order stands, by its uuid; for one that the gateway never got, an error outcome. Throws when the gateway does
   * not say, or when `stopping` ends the program.
   */
  status(order: Order, now: Date, stopping?: AbortSignal): Promise<Outcome>
}
