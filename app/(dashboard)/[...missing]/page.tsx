import { notFound } from 'next/navigation'

/** Any other address: the ordinary 404, inside the frame for whoever is signed in. */
export default function Missing(): never {
  notFound()
}
