CREATE TABLE `merges` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`merchant_id` integer NOT NULL,
	`survivor_id` integer NOT NULL,
	`changes` text NOT NULL,
	`moved` text NOT NULL,
	`actor_name` text NOT NULL,
	`created_at` integer NOT NULL,
	`undone_at` integer,
	FOREIGN KEY (`merchant_id`) REFERENCES `merchants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`survivor_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `merges_merchant` ON `merges` (`merchant_id`,`id`);--> statement-breakpoint
CREATE INDEX `merges_survivor` ON `merges` (`survivor_id`,`id`);--> statement-breakpoint
ALTER TABLE `customers` ADD `merged_into` integer;--> statement-breakpoint
CREATE INDEX `customers_merged` ON `customers` (`merged_into`) WHERE merged_into is not null;