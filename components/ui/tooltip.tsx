'use client'

import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'

// All tips share one popup: a table of a hundred buttons mounts a hundred triggers, but a single layer.
const layer = Tooltip.createHandle<ReactNode>()

type TipProps = { text: ReactNode; children: ReactElement }

/** Shows a short text when its child is hovered or focused. The text must not be the only name of a control. */
export function Tip({ text, children }: TipProps) {
  return <Tooltip.Trigger handle={layer} payload={text} render={children} delay={400} />
}

/** Mounted once, in the providers; without it tips stay silent. */
export function TooltipLayer() {
  return (
    <Tooltip.Root handle={layer}>
      {({ payload }) => (
        <Tooltip.Portal>
          <Tooltip.Positioner sideOffset={6} className="z-65">
            <Tooltip.Popup className="overlay-fade max-w-80 rounded-control border bg-surface px-2 py-1 text-caption text-text shadow-floating">
              {payload}
            </Tooltip.Popup>
          </Tooltip.Positioner>
        </Tooltip.Portal>
      )}
    </Tooltip.Root>
  )
}
