'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { parseTheme, type Theme, themeCookie, themes } from './theme-cookie.tsx'
import { IconButton } from './ui/button.tsx'
import { Menu } from './ui/menu.tsx'

const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function current(): Theme {
  return parseTheme(document.documentElement.dataset.theme)
}

/** Applies a theme at once and for a year; the server reads the cookie, so the next visit starts in it. */
export function setTheme(theme: Theme) {
  document.documentElement.dataset.theme = theme
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing over plain http, where people try it out.
  document.cookie = `${themeCookie}=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`
  for (const listener of listeners) listener()
}

/** The theme chosen, "system" before the page is alive. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, current, () => 'system')
}

const looks = {
  light: { label: 'Light', icon: Sun },
  dark: { label: 'Dark', icon: Moon },
  system: { label: 'As the system', icon: Monitor },
} as const

/** The button in the top bar that changes the theme. */
export function ThemeMenu() {
  const theme = useTheme()
  const Icon = looks[theme].icon
  const trigger = (
    <IconButton label="Theme">
      <Icon aria-hidden strokeWidth={1.5} />
    </IconButton>
  )
  const items = themes.map((each) => ({
    label: looks[each].label,
    icon: looks[each].icon,
    checked: each === theme,
    onSelect: () => setTheme(each),
  }))
  return <Menu trigger={trigger} items={items} align="end" />
}
