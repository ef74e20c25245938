ALTER TABLE `customers` ADD `options` text;--> statement-breakpoint
ALTER TABLE `customers` ADD `allow_invoice_card_payments` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `instruments` ADD `details` text;