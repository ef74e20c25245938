CREATE TABLE `webhook_deliveries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`delivery_id` text NOT NULL,
	`webhook_id` integer NOT NULL,
	`event_id` integer NOT NULL,
	`merchant_id` integer NOT NULL,
	`object_type` text NOT NULL,
	`object_id` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`last_status` integer,
	`last_problem` text,
	`next_at` integer,
	`delivered_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`webhook_id`) REFERENCES `webhooks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`next_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_deliveries_once` ON `webhook_deliveries` (`webhook_id`,`event_id`);--> statement-breakpoint
CREATE TABLE `webhooks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`webhook_id` text NOT NULL,
	`merchant_id` integer NOT NULL,
	`url` text NOT NULL,
	`format` text NOT NULL,
	`name` text NOT NULL,
	`events` text NOT NULL,
	`subtree` integer NOT NULL,
	`personal_data` integer NOT NULL,
	`retry_minutes` integer,
	`retry_count` integer,
	`secret` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhooks_uuid` ON `webhooks` (`webhook_id`);--> statement-breakpoint
CREATE INDEX `webhooks_merchant` ON `webhooks` (`merchant_id`,`id`);--> statement-breakpoint
ALTER TABLE `customers` ADD `options` text;--> statement-breakpoint
ALTER TABLE `customers` ADD `allow_invoice_card_payments` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `instruments` ADD `details` text;