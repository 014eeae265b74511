CREATE TABLE "passkeys" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" text COLLATE "C" NOT NULL,
	"transports" json NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"added_on" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "provider_accounts" (
	"provider" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"linked_on" text COLLATE "C" NOT NULL,
	CONSTRAINT "provider_accounts_provider_subject_pk" PRIMARY KEY("provider","subject")
);
--> statement-breakpoint
CREATE TABLE "providers" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organisation" text COLLATE "C" NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"issuer" text COLLATE "C" NOT NULL,
	"client_id" text COLLATE "C" NOT NULL,
	"client_secret" "bytea",
	"scopes" text COLLATE "C" NOT NULL,
	"subject_claim" text COLLATE "C" NOT NULL,
	"employee_claim" text COLLATE "C",
	"makes_people" boolean NOT NULL,
	"factor_words" json NOT NULL,
	"rules" json NOT NULL,
	"is_open" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spent_secrets" (
	"hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "totp_factors" (
	"person" text COLLATE "C" PRIMARY KEY NOT NULL,
	"seed" "bytea" NOT NULL,
	"last_step" integer NOT NULL,
	"added_on" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "factor_policy" json;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "factor" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "awaits" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "provider" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "provider_session" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "provider" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_accounts" ADD CONSTRAINT "provider_accounts_provider_providers_id_fk" FOREIGN KEY ("provider") REFERENCES "public"."providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_accounts" ADD CONSTRAINT "provider_accounts_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "providers" ADD CONSTRAINT "providers_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_factors" ADD CONSTRAINT "totp_factors_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "passkeys_person" ON "passkeys" USING btree ("person");--> statement-breakpoint
CREATE INDEX "provider_accounts_person" ON "provider_accounts" USING btree ("person");--> statement-breakpoint
CREATE UNIQUE INDEX "providers_slug" ON "providers" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "providers_issuer" ON "providers" USING btree ("issuer","client_id");--> statement-breakpoint
CREATE INDEX "providers_organisation" ON "providers" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "recovery_codes_person" ON "recovery_codes" USING btree ("person");--> statement-breakpoint
CREATE INDEX "spent_secrets_expiry" ON "spent_secrets" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_provider_providers_id_fk" FOREIGN KEY ("provider") REFERENCES "public"."providers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_provider_providers_id_fk" FOREIGN KEY ("provider") REFERENCES "public"."providers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sessions_provider" ON "sessions" USING btree ("provider","provider_session");--> statement-breakpoint
CREATE INDEX "grants_provider" ON "grants" USING btree ("provider");