import { Chapter, Entry } from './entry.tsx'

const grounds = ['bg-canvas', 'bg-surface', 'bg-sunken']
const softs = [
  { ground: 'bg-accent-soft', text: 'text-accent-text', name: 'accent' },
  { ground: 'bg-success-soft', text: 'text-success-text', name: 'success' },
  { ground: 'bg-warning-soft', text: 'text-warning-text', name: 'warning' },
  { ground: 'bg-danger-soft', text: 'text-danger-text', name: 'danger' },
]
const solids = [
  'bg-accent',
  'bg-success-solid',
  'bg-warning-solid',
  'bg-danger-solid',
  'bg-chart-1',
  'bg-chart-2',
  'bg-chart-3',
  'bg-chart-4',
  'bg-chart-5',
  'bg-chart-6',
]
const sizes = [
  ['text-caption', 'Caption 12/16'],
  ['text-small', 'Small 13/20'],
  ['text-body', 'Body 14/20'],
  ['text-section', 'Section 16/24'],
  ['text-title', 'Title 20/28'],
  ['text-figure', 'Figure 24/32'],
] as const

/** Colours and type. */
export function Tokens() {
  return (
    <Chapter title="Tokens">
      <Entry id="colours" title="Grounds and text" stacked>
        <ul className="grid gap-2 sm:grid-cols-3">
          {grounds.map((ground) => (
            <li key={ground} className={`rounded-card border p-3 ${ground}`}>
              <p>Text on {ground.slice(3)}</p>
              <p className="text-muted">Muted text</p>
              <p className="text-subtle">Subtle text</p>
              <p className="text-accent-text">Accent text</p>
            </li>
          ))}
        </ul>
        <ul className="grid gap-2 sm:grid-cols-4">
          {softs.map(({ ground, text, name }) => (
            <li key={name} className={`rounded-card p-3 ${ground}`}>
              <p className={`font-medium ${text}`}>{name}</p>
              <p>Text on its soft ground</p>
            </li>
          ))}
        </ul>
        <ul aria-label="Solid colours" className="flex flex-wrap gap-2">
          {solids.map((solid) => (
            <li key={solid} className="flex items-center gap-1 text-caption text-muted">
              <span aria-hidden className={`size-4 rounded-badge ${solid}`} />
              {solid.slice(3)}
            </li>
          ))}
        </ul>
      </Entry>
      <Entry id="type" title="Type" stacked>
        {sizes.map(([size, name]) => (
          <p key={size} className={`wrap-anywhere ${size}`}>
            {name} <span className="font-medium">medium</span> <span className="font-semibold">semibold</span>{' '}
            <span data-figures>0123456789</span>
          </p>
        ))}
      </Entry>
    </Chapter>
  )
}
