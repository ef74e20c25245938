// What a gateway is to Clientele: it takes an order, says how it went, and can be asked again. It is never called
// inside a transaction of the database.

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

/** What a gateway is asked to do. `amountMinor` is null where no money moves. */
export type Order = {
  uuid: string
  type: OrderType
  amountMinor: number | null
  currency: string | null
  instrument: InstrumentData | null
  /** The gateway's own reference of the movement that this one continues. */
  continues: string | null
  extraData: Readonly<Record<string, string>>
  createdAt: Date
}

/** A decline is data: the code is that of the payment API (2003 declined, 3001 timeout, …). */
export type Decline = { errorCode: number; errorMessage: string; adapterCode: string; adapterMessage: string }

/**
 * How an order stands. One that is not final is to be asked about at `askAt`; a redirect waits for the person at the
 * gateway's page.
 */
export type Outcome =
  | { state: 'success'; gatewayReference: string }
  | { state: 'pending'; gatewayReference: string; askAt: Date }
  | { state: 'redirect'; gatewayReference: string; askAt: Date }
  | ({ state: 'error'; gatewayReference: string | null } & Decline)
  | { state: 'cancelled'; gatewayReference: string }

export type Gateway = {
  /** Sends an order once. Throws only when it is not known whether the gateway took it. */
  send(order: Order, now: Date): Promise<Outcome>
  /** How an order stands, by its uuid; for one that the gateway never got, an error outcome. */
  status(order: Order, now: Date): Promise<Outcome>
}
