ALTER TABLE "customers" ADD COLUMN "options" json;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "allow_invoice_card_payments" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "instruments" ADD COLUMN "details" json;