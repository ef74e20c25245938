// Where the demo's people come from: scripts, addresses, phones and money as they are used there.
import {
  ar,
  base,
  cs_CZ,
  da,
  de,
  el,
  en,
  en_GB,
  en_US,
  es,
  Faker,
  fi,
  fr,
  he,
  hu,
  hy,
  it,
  ja,
  ka_GE,
  ko,
  type LocaleDefinition,
  nb_NO,
  ne,
  pl,
  pt_BR,
  ru,
  sv,
  th,
  tr,
  uk,
  vi,
  zh_CN,
} from '@faker-js/faker'

export type Culture = {
  faker: Faker
  country: string
  language: string
  currency: string
  timeZone: string
  /** `#` is a digit. */
  phone: string
  /** How first and last name stand together. */
  order: 'first last' | 'last first' | 'lastfirst'
}

const SEED = 20_260_101
let made = 0

function culture(
  locale: LocaleDefinition,
  [country, language, currency, timeZone]: [string, string, string, string],
  phone: string,
  order: Culture['order'] = 'first last',
): Culture {
  const faker = new Faker({ locale: [locale, en, base], seed: SEED + made++ })
  return { faker, country, language, currency, timeZone, phone, order }
}

/** Read once per load: the generators inside remember how far they are. */
export function cultures(): Culture[] {
  made = 0
  return [
    culture(en_GB, ['GB', 'en-GB', 'GBP', 'Europe/London'], '+44 20 7946 0###'),
    culture(en_US, ['US', 'en-US', 'USD', 'America/New_York'], '+1 212 555 01##'),
    culture(de, ['DE', 'de-DE', 'EUR', 'Europe/Berlin'], '+49 30 23125 ###'),
    culture(fr, ['FR', 'fr-FR', 'EUR', 'Europe/Paris'], '+33 1 99 00 ## ##'),
    culture(nb_NO, ['NO', 'nb-NO', 'NOK', 'Europe/Oslo'], '+47 22 ## ## ##'),
    culture(sv, ['SE', 'sv-SE', 'SEK', 'Europe/Stockholm'], '+46 8 465 004 ##'),
    culture(da, ['DK', 'da-DK', 'DKK', 'Europe/Copenhagen'], '+45 32 ## ## ##'),
    culture(fi, ['FI', 'fi-FI', 'EUR', 'Europe/Helsinki'], '+358 9 #######'),
    culture(es, ['ES', 'es-ES', 'EUR', 'Europe/Madrid'], '+34 91 #######'),
    culture(it, ['IT', 'it-IT', 'EUR', 'Europe/Rome'], '+39 06 ########'),
    culture(pl, ['PL', 'pl-PL', 'PLN', 'Europe/Warsaw'], '+48 22 ### ## ##'),
    culture(cs_CZ, ['CZ', 'cs-CZ', 'CZK', 'Europe/Prague'], '+420 2## ### ###'),
    culture(hu, ['HU', 'hu-HU', 'HUF', 'Europe/Budapest'], '+36 1 ### ####', 'last first'),
    culture(tr, ['TR', 'tr-TR', 'TRY', 'Europe/Istanbul'], '+90 212 ### ## ##'),
    culture(pt_BR, ['BR', 'pt-BR', 'BRL', 'America/Sao_Paulo'], '+55 11 3###-####'),
    culture(vi, ['VN', 'vi-VN', 'VND', 'Asia/Ho_Chi_Minh'], '+84 24 3### ####', 'last first'),
    culture(el, ['GR', 'el-GR', 'EUR', 'Europe/Athens'], '+30 21 0### ####'),
    culture(uk, ['UA', 'uk-UA', 'UAH', 'Europe/Kyiv'], '+380 44 ### ####'),
    culture(ru, ['KZ', 'ru-KZ', 'KZT', 'Asia/Almaty'], '+7 727 2## ####'),
    culture(he, ['IL', 'he-IL', 'ILS', 'Asia/Jerusalem'], '+972 3 ### ####'),
    culture(ar, ['AE', 'ar-AE', 'AED', 'Asia/Dubai'], '+971 4 ### ####'),
    culture(ne, ['NP', 'ne-NP', 'NPR', 'Asia/Kathmandu'], '+977 1 4######'),
    culture(th, ['TH', 'th-TH', 'THB', 'Asia/Bangkok'], '+66 2 ### ####'),
    culture(ja, ['JP', 'ja-JP', 'JPY', 'Asia/Tokyo'], '+81 3 3### ####', 'lastfirst'),
    culture(zh_CN, ['CN', 'zh-CN', 'CNY', 'Asia/Shanghai'], '+86 10 6### ####', 'lastfirst'),
    culture(ko, ['KR', 'ko-KR', 'KRW', 'Asia/Seoul'], '+82 2 ### ####', 'lastfirst'),
    culture(ka_GE, ['GE', 'ka-GE', 'GEL', 'Asia/Tbilisi'], '+995 32 2## ####'),
    culture(hy, ['AM', 'hy-AM', 'AMD', 'Asia/Yerevan'], '+374 10 ######'),
  ]
}
