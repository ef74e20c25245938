// Mail to staff. Sent after the transaction that it tells of, and never the reason why that fails.
import { createTransport, type Transporter } from 'nodemailer'
import { env } from '../env.ts'
import { log } from '../log.ts'

let transport: Transporter | undefined

export type Mail = { to: { name: string; address: string }; subject: string; text: string }

/** True when the mail server took it. Without SMTP_URL nothing is sent, and links are handed over by hand. */
export async function sendMail(mail: Mail): Promise<boolean> {
  if (!env.SMTP_URL) return false
  transport ??= createTransport({ url: env.SMTP_URL, connectionTimeout: 5000, socketTimeout: 15_000 })
  const from = { name: 'Clientele', address: `no-reply@${new URL(env.publicUrl).hostname}` }
  try {
    await transport.sendMail({ from, disableFileAccess: true, disableUrlAccess: true, ...mail })
    return true
  } catch (err) {
    log.warn({ err }, 'a mail could not be sent')
    return false
  }
}
