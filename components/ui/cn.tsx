import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ['caption', 'small', 'body', 'section', 'title', 'figure'],
      radius: ['badge', 'control', 'card', 'dialog'],
      shadow: ['floating'],
    },
  },
})

/** Joins classes; of two that say the same thing the later one wins. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes))
}
