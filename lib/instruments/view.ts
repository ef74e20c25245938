// The instrument as the dashboard gets it: what the query answers, dates as text.
import type { Json } from '../core/json.ts'
import { plain } from '../core/json.ts'
import type { Instrument } from './load.ts'

export type InstrumentView = Json<Instrument>

export const instrumentView = (instrument: Instrument): InstrumentView => plain(instrument)
