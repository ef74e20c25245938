CREATE TABLE `api_keys` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`merchant_id` integer NOT NULL,
	`name` text NOT NULL,
	`public_id` text NOT NULL,
	`secret_hash` text NOT NULL,
	`previous_hash` text,
	`previous_until` integer,
	`scopes` text NOT NULL,
	`networks` text NOT NULL,
	`compat_status_200` integer NOT NULL,
	`owner_staff_id` integer,
	`created_by` text NOT NULL,
	`expires_at` integer,
	`revoked_at` integer,
	`last_used_at` integer,
	`last_used_ip` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner_staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_secret` ON `api_keys` (`secret_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_previous` ON `api_keys` (`previous_hash`);--> statement-breakpoint
CREATE INDEX `api_keys_merchant` ON `api_keys` (`merchant_id`,`id`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`staff_id` integer NOT NULL,
	`merchant_id` integer NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`staff_id`, `merchant_id`),
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `memberships_merchant` ON `memberships` (`merchant_id`);--> statement-breakpoint
CREATE TABLE `oauth_clients` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`merchant_id` integer NOT NULL,
	`name` text NOT NULL,
	`client_id` text NOT NULL,
	`secret_hash` text NOT NULL,
	`scopes` text NOT NULL,
	`revoked_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `oauth_clients_client_id` ON `oauth_clients` (`client_id`);--> statement-breakpoint
CREATE TABLE `one_time_links` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`token_hash` text NOT NULL,
	`merchant_id` integer,
	`staff_id` integer,
	`email` text,
	`role` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_time_links_token` ON `one_time_links` (`token_hash`);--> statement-breakpoint
CREATE INDEX `one_time_links_merchant` ON `one_time_links` (`merchant_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`secret_hash` text NOT NULL,
	`staff_id` integer NOT NULL,
	`kind` text NOT NULL,
	`merchant_id` integer NOT NULL,
	`device` text NOT NULL,
	`ip` text NOT NULL,
	`proven_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`last_active_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_secret` ON `sessions` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `sessions_staff` ON `sessions` (`staff_id`,`last_active_at`);--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sign_in_failures` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subject` text NOT NULL,
	`failed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_in_failures_subject` ON `sign_in_failures` (`subject`,`failed_at`);--> statement-breakpoint
CREATE TABLE `staff` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_folded` text NOT NULL,
	`password_hash` text NOT NULL,
	`preferences` text NOT NULL,
	`suspended_at` integer,
	`last_seen_at` integer,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_email` ON `staff` (`email_folded`);--> statement-breakpoint
CREATE TABLE `consents` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`customer_id` integer NOT NULL,
	`merchant_id` integer NOT NULL,
	`purpose` text NOT NULL,
	`granted` integer NOT NULL,
	`lawful_basis` text,
	`wording` text,
	`source` text,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `consents_customer` ON `consents` (`customer_id`,`purpose`,`id`);--> statement-breakpoint
CREATE TABLE `customer_notes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`customer_id` integer NOT NULL,
	`merchant_id` integer NOT NULL,
	`text` text NOT NULL,
	`author_name` text NOT NULL,
	`history` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `customer_notes_customer` ON `customer_notes` (`customer_id`,`id`);--> statement-breakpoint
CREATE TABLE `customer_tags` (
	`customer_id` integer NOT NULL,
	`merchant_id` integer NOT NULL,
	`folded` text NOT NULL,
	`tag` text NOT NULL,
	PRIMARY KEY(`customer_id`, `folded`),
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `customer_tags_by_tag` ON `customer_tags` (`merchant_id`,`folded`,`customer_id`);--> statement-breakpoint
CREATE TABLE `customers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`customer_id` text NOT NULL,
	`merchant_id` integer NOT NULL,
	`user_id` integer,
	`lifecycle` text NOT NULL,
	`name` text NOT NULL,
	`first_name` text,
	`last_name` text,
	`company` text,
	`email` text,
	`email_folded` text,
	`phone` text,
	`phone_e164` text,
	`member_id` text,
	`status` text NOT NULL,
	`verification_status` text NOT NULL,
	`date_of_birth` text,
	`gender` text,
	`national_id` text,
	`tax_id` text,
	`description` text,
	`reference` text,
	`cc_emails` text,
	`cc_phones` text,
	`billing_address` text,
	`shipping_address` text,
	`city` text,
	`country` text,
	`currency` text,
	`language` text,
	`preferences` text,
	`subscription` text,
	`custom_fields` text,
	`tags` text,
	`consents` text,
	`profile_guid` text,
	`has_instrument` integer NOT NULL,
	`completeness` integer NOT NULL,
	`search` text NOT NULL,
	`sort_name` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`archived_at` integer,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `customers_customer_id` ON `customers` (`customer_id`);--> statement-breakpoint
CREATE INDEX `customers_page` ON `customers` (`merchant_id`,`lifecycle`,`id`,`version`);--> statement-breakpoint
CREATE INDEX `customers_created` ON `customers` (`merchant_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `customers_name` ON `customers` (`merchant_id`,`lifecycle`,`sort_name`,`id`);--> statement-breakpoint
CREATE INDEX `customers_email` ON `customers` (`merchant_id`,`email_folded`);--> statement-breakpoint
CREATE INDEX `customers_phone` ON `customers` (`merchant_id`,`phone_e164`);--> statement-breakpoint
CREATE INDEX `customers_member` ON `customers` (`merchant_id`,`member_id`);--> statement-breakpoint
CREATE TABLE `merchants` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`merchant_uuid` text NOT NULL,
	`name` text NOT NULL,
	`parent_id` integer,
	`path` text NOT NULL,
	`country` text,
	`currency` text NOT NULL,
	`time_zone` text NOT NULL,
	`duplicate_policy` text NOT NULL,
	`require_if_match` integer NOT NULL,
	`default_container_id` integer,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`archived_at` integer,
	FOREIGN KEY (`parent_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `merchants_uuid` ON `merchants` (`merchant_uuid`);--> statement-breakpoint
CREATE INDEX `merchants_path` ON `merchants` (`path`);--> statement-breakpoint
CREATE TABLE `audit_chains` (
	`merchant_id` integer PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `audit_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`merchant_id` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_type` text NOT NULL,
	`actor_id` integer,
	`actor_name` text NOT NULL,
	`action` text NOT NULL,
	`object_type` text NOT NULL,
	`object_id` text NOT NULL,
	`customer_id` integer,
	`fields` text,
	`changes` text,
	`salt` text,
	`commitment` text,
	`request_id` text NOT NULL,
	`ip` text,
	`hash` text NOT NULL,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_events_chain` ON `audit_events` (`merchant_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_events_customer` ON `audit_events` (`customer_id`,`id`);--> statement-breakpoint
CREATE INDEX `audit_events_object` ON `audit_events` (`merchant_id`,`object_type`,`object_id`,`id`) WHERE object_type <> 'customer';--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`merchant_id` integer NOT NULL,
	`type` text NOT NULL,
	`object_type` text NOT NULL,
	`object_id` integer NOT NULL,
	`payload` text NOT NULL,
	`created_at` integer NOT NULL,
	`handled_at` integer,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `events_waiting` ON `events` (`handled_at`,`id`);--> statement-breakpoint
CREATE INDEX `events_merchant` ON `events` (`merchant_id`,`id`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`merchant_id` integer NOT NULL,
	`scope` text NOT NULL,
	`request_hash` text NOT NULL,
	`status` integer,
	`answer` text,
	`customer_id` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `idempotency_keys_scope` ON `idempotency_keys` (`merchant_id`,`scope`);--> statement-breakpoint
CREATE INDEX `idempotency_keys_expiry` ON `idempotency_keys` (`expires_at`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`merchant_id` integer,
	`type` text NOT NULL,
	`state` text NOT NULL,
	`payload` text NOT NULL,
	`attempts` integer NOT NULL,
	`error` text,
	`run_at` integer NOT NULL,
	`locked_until` integer,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`state`,`run_at`);--> statement-breakpoint
CREATE TABLE `connectors` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`merchant_id` integer NOT NULL,
	`name` text NOT NULL,
	`adapter` text NOT NULL,
	`api_key` text NOT NULL,
	`username` text NOT NULL,
	`password` text NOT NULL,
	`shared_secret` text NOT NULL,
	`require_signature` integer NOT NULL,
	`container_id` integer,
	`enabled` integer NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`container_id`) REFERENCES `containers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `connectors_api_key` ON `connectors` (`api_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `connectors_name` ON `connectors` (`merchant_id`,`name`);--> statement-breakpoint
CREATE TABLE `containers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`merchant_id` integer NOT NULL,
	`name` text NOT NULL,
	`shared` integer NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `containers_name` ON `containers` (`merchant_id`,`name`);--> statement-breakpoint
CREATE TABLE `instruments` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`instrument_id` text NOT NULL,
	`profile_id` integer NOT NULL,
	`merchant_id` integer NOT NULL,
	`connector_id` integer NOT NULL,
	`type` text NOT NULL,
	`payment_token` text NOT NULL,
	`reference_uuid` text NOT NULL,
	`brand` text,
	`holder_name` text,
	`first_six` text,
	`last_four` text,
	`exp_month` integer,
	`exp_year` integer,
	`iban_masked` text,
	`fingerprint` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`profile_id`) REFERENCES `profiles`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`connector_id`) REFERENCES `connectors`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `instruments_uuid` ON `instruments` (`instrument_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `instruments_token` ON `instruments` (`payment_token`);--> statement-breakpoint
CREATE INDEX `instruments_profile` ON `instruments` (`profile_id`,`id`);--> statement-breakpoint
CREATE INDEX `instruments_fingerprint` ON `instruments` (`fingerprint`);--> statement-breakpoint
CREATE INDEX `instruments_last_four` ON `instruments` (`last_four`);--> statement-breakpoint
CREATE TABLE `profile_customers` (
	`profile_id` integer NOT NULL,
	`customer_id` integer NOT NULL,
	`merchant_id` integer NOT NULL,
	PRIMARY KEY(`profile_id`, `customer_id`),
	FOREIGN KEY (`profile_id`) REFERENCES `profiles`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `profile_customers_merchant` ON `profile_customers` (`profile_id`,`merchant_id`);--> statement-breakpoint
CREATE INDEX `profile_customers_customer` ON `profile_customers` (`customer_id`);--> statement-breakpoint
CREATE TABLE `profiles` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`profile_guid` text NOT NULL,
	`container_id` integer NOT NULL,
	`merchant_id` integer NOT NULL,
	`customer_identification` text NOT NULL,
	`customer_data` text NOT NULL,
	`preferred_instrument_id` integer,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`container_id`) REFERENCES `containers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `profiles_guid` ON `profiles` (`profile_guid`);--> statement-breakpoint
CREATE UNIQUE INDEX `profiles_identification` ON `profiles` (`container_id`,`customer_identification`);--> statement-breakpoint
CREATE INDEX `profiles_page` ON `profiles` (`container_id`,`created_at`,`id`);