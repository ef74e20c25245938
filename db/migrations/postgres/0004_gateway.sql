CREATE TABLE "gateway_accounts" (
	"connector_id" bigint PRIMARY KEY NOT NULL,
	"base_url" text NOT NULL,
	"api_key" text NOT NULL,
	"credentials" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "transactions" ADD COLUMN "redirect_url" text;--> statement-breakpoint
ALTER TABLE "gateway_accounts" ADD CONSTRAINT "gateway_accounts_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE no action ON UPDATE no action;