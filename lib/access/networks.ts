// Which addresses a key may be used from.
import { BlockList, isIP } from 'node:net'

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** True for an IP address, or for a network in CIDR notation whose prefix fits its family. */
export function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/')
  const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : -1
  return bits > 0 && more.length === 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
}

const MAX_REMEMBERED = 1000
const remembered = new Map<string, BlockList>()

function listOf(networks: readonly string[]): BlockList {
  const key = networks.join(' ')
  const known = remembered.get(key)
  if (known) return known
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix] = network.split('/')
    if (prefix === undefined) list.addAddress(address, family(address))
    else list.addSubnet(address, Number(prefix), family(address))
  }
  if (remembered.size >= MAX_REMEMBERED) remembered.clear()
  remembered.set(key, list)
  return list
}

/** True without any network, or when the address lies in one. An unknown address lies in none. */
export function isAllowedFrom(networks: readonly string[], ip: string | null): boolean {
  if (networks.length === 0) return true
  const address = ip?.replace(/^::ffff:(?=\d+\.)/i, '').split('%')[0]
  return Boolean(address && isIP(address) && listOf(networks).check(address, family(address)))
}
