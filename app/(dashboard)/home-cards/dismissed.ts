/** The staff preference that says the first steps of a merchant were dismissed. */
export const dismissedKey = (m: number): string => `home.${m}.first-steps-dismissed`
