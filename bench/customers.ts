// The bench's customers. Customer i is a pure function of i, so that both systems hold the same people and the loader
// knows what an answer must contain without asking first.

export type BenchCustomer = { name: string; email: string; phone: string; address: string; memberId: string }

const words = (text: string): readonly string[] => text.split(' ')
const FIRST = words(
  'Ada Amara Andrea Anton Ayla Bela Bruno Carla Carmen Cyril Dana Dario Edith Elena Emil Farah Felix Freya Greta Hanna ' +
    'Henri Ines Ivan Jana Jonas Judith Karim Kira Lars Leila Lucas Marta Milan Mina Nadia Nils Olga Oscar Paula Pavel ' +
    'Rania Ruben Sara Simon Tara Theo Ursula Viktor Yusuf Zora',
)
const LAST = words(
  'Abel Albers Almeida Amsel Arnaud Baptiste Barros Becker Berger Bianchi Bjork Blanco Bosman Brandt Bruns Caruso ' +
    'Castro Cermak Chandra Costa Dahl Damm Delgado Demir Dietrich Duarte Eklund Engel Esposito Faber Falk Farkas Ferrer ' +
    'Fischer Fontana Forsberg Gallo Garnier Geller Gomes Greco Gruber Haas Hakala Hansen Hartmann Heinz Hoffman Holm ' +
    'Horvat Iversen Jansen Jensen Kaiser Karlsson Kaya Keller Klein Kovac Kramer Lambert Larsen Leclerc Lehmann Lindholm ' +
    'Lorenz Maier Marchetti Marek Martens Mendes Meyer Moreau Nagy Nemeth Nielsen Novak Olsen Ortega Peeters Pereira ' +
    'Petrov Pohl Quint Rahman Ricci Rivas Rossi Rousseau Santos Schmidt Silva Simonsen Sommer Tanaka Thomsen Vogel Weber ' +
    'Winter Zeman Ziegler',
)
const HOSTS = ['example.com', 'example.org', 'example.net', 'mail.example', 'shop.example'] as const
const STREETS = words(
  'Birch Bridge Canal Castle Chapel Garden Harbour Linden Market Meadow Orchard Quarry Station Tower',
)
const CITIES = words('Ashford Brookfield Clearwater Eastham Fairhaven Hillcrest Lakeside Northport Riverton Westbury')

/** Uniform numbers in [0, 1) from a 32-bit seed: splitmix32, which is good enough to spread load and quick to make. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}

const pick = (random: () => number, from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? ''

/** Customer number `i`, counted from 1. */
export function customer(i: number): BenchCustomer {
  const random = randomFrom(i)
  const first = pick(random, FIRST)
  const last = pick(random, LAST)
  const house = 1 + Math.floor(random() * 998)
  return {
    name: `${first} ${last}`,
    email: `${first}.${last}.${i}@${pick(random, HOSTS)}`.toLowerCase(),
    phone: `+1202${String(2_000_000 + Math.floor(random() * 7_999_999))}`,
    address: `${house} ${pick(random, STREETS)} St, ${pick(random, CITIES)}`,
    memberId: `BM-${String(i).padStart(9, '0')}`,
  }
}

/**
 * What the `k`-th search looks for among `n` stored customers: in turn a last name, which about one customer in a hundred
 * has, and a piece of one e-mail address, which exactly one has.
 */
export function searchTerm(k: number, n: number): string {
  const i = 1 + Math.floor(randomFrom(k ^ 0x5eac4)() * n)
  const last = (customer(i).name.split(' ')[1] ?? '').toLowerCase()
  return k % 2 === 0 ? last : `${last.slice(-3)}.${i}@`
}
