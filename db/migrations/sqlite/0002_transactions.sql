CREATE TABLE `callbacks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`merchant_id` integer NOT NULL,
	`transaction_id` integer NOT NULL,
	`connector_id` integer NOT NULL,
	`url` text NOT NULL,
	`body_hash` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`transaction_state` text NOT NULL,
	`last_status` integer,
	`last_problem` text,
	`next_at` integer,
	`delivered_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`transaction_id`) REFERENCES `transactions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`connector_id`) REFERENCES `connectors`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `callbacks_due` ON `callbacks` (`next_at`);--> statement-breakpoint
CREATE INDEX `callbacks_transaction` ON `callbacks` (`transaction_id`);--> statement-breakpoint
CREATE TABLE `gateway_tokens` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`token_hash` text NOT NULL,
	`merchant_id` integer NOT NULL,
	`instrument_data` text NOT NULL,
	`used_at` integer,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `gateway_tokens_hash` ON `gateway_tokens` (`token_hash`);--> statement-breakpoint
CREATE INDEX `gateway_tokens_expiry` ON `gateway_tokens` (`expires_at`);--> statement-breakpoint
CREATE TABLE `transactions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`uuid` text NOT NULL,
	`merchant_id` integer NOT NULL,
	`connector_id` integer NOT NULL,
	`via_connector_id` integer,
	`merchant_transaction_id` text NOT NULL,
	`type` text NOT NULL,
	`state` text NOT NULL,
	`amount_minor` integer,
	`currency` text,
	`method` text,
	`reference_id` integer,
	`customer_id` integer,
	`profile_id` integer,
	`profile_guid` text,
	`customer_identification` text,
	`instrument_id` integer,
	`payment_token` text,
	`request` text NOT NULL,
	`instrument_data` text,
	`gateway_reference` text,
	`error_code` integer,
	`error_message` text,
	`adapter_code` text,
	`adapter_message` text,
	`ask_at` integer,
	`settled_at` integer,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`connector_id`) REFERENCES `connectors`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`via_connector_id`) REFERENCES `connectors`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `transactions_uuid` ON `transactions` (`uuid`);--> statement-breakpoint
CREATE UNIQUE INDEX `transactions_merchant_id` ON `transactions` (`merchant_id`,`merchant_transaction_id`);--> statement-breakpoint
CREATE INDEX `transactions_page` ON `transactions` (`merchant_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `transactions_reference` ON `transactions` (`reference_id`);--> statement-breakpoint
CREATE INDEX `transactions_customer` ON `transactions` (`customer_id`,`id`);--> statement-breakpoint
CREATE INDEX `transactions_profile` ON `transactions` (`profile_id`,`id`);--> statement-breakpoint
CREATE INDEX `transactions_open` ON `transactions` (`ask_at`);--> statement-breakpoint
CREATE TABLE `connector_members` (
	`connector_id` integer NOT NULL,
	`member_id` integer NOT NULL,
	`method` text,
	`brand` text,
	`currency` text,
	`weight` integer NOT NULL,
	PRIMARY KEY(`connector_id`, `member_id`),
	FOREIGN KEY (`connector_id`) REFERENCES `connectors`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member_id`) REFERENCES `connectors`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `container_exclusions` (
	`container_id` integer NOT NULL,
	`merchant_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`container_id`, `merchant_id`),
	FOREIGN KEY (`container_id`) REFERENCES `containers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `container_exclusions_merchant` ON `container_exclusions` (`merchant_id`);--> statement-breakpoint
ALTER TABLE `customers` ADD `has_payment_requests` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `customers` ADD `deposits` text;--> statement-breakpoint
ALTER TABLE `merchants` ADD `profiles_enabled` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `connectors` ADD `callback_url` text;--> statement-breakpoint
ALTER TABLE `connectors` ADD `rate_limited` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `containers` ADD `disabled` integer DEFAULT false NOT NULL;