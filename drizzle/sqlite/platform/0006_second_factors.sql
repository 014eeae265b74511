CREATE TABLE `passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`public_key` blob NOT NULL,
	`counter` text NOT NULL,
	`transports` text NOT NULL,
	`name` text NOT NULL,
	`added_on` text NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `passkeys_person` ON `passkeys` (`person`);--> statement-breakpoint
CREATE TABLE `provider_accounts` (
	`provider` text NOT NULL,
	`subject` text NOT NULL,
	`person` text NOT NULL,
	`linked_on` text NOT NULL,
	PRIMARY KEY(`provider`, `subject`),
	FOREIGN KEY (`provider`) REFERENCES `providers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `provider_accounts_person` ON `provider_accounts` (`person`);--> statement-breakpoint
CREATE TABLE `providers` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation` text NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`issuer` text NOT NULL,
	`client_id` text NOT NULL,
	`client_secret` blob,
	`scopes` text NOT NULL,
	`subject_claim` text NOT NULL,
	`employee_claim` text,
	`makes_people` integer NOT NULL,
	`factor_words` text NOT NULL,
	`rules` text NOT NULL,
	`is_open` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organisation`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `providers_slug` ON `providers` (`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `providers_issuer` ON `providers` (`issuer`,`client_id`);--> statement-breakpoint
CREATE INDEX `providers_organisation` ON `providers` (`organisation`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`hash` text NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `recovery_codes_person` ON `recovery_codes` (`person`);--> statement-breakpoint
CREATE TABLE `spent_secrets` (
	`hash` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `spent_secrets_expiry` ON `spent_secrets` (`expires_at`);--> statement-breakpoint
CREATE TABLE `totp_factors` (
	`person` text PRIMARY KEY NOT NULL,
	`seed` blob NOT NULL,
	`last_step` integer NOT NULL,
	`added_on` text NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `organisations` ADD `factor_policy` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `factor` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `awaits` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `provider` text REFERENCES `providers`(`id`) ON DELETE set null;--> statement-breakpoint
ALTER TABLE `sessions` ADD `provider_session` text;--> statement-breakpoint
CREATE INDEX `sessions_provider` ON `sessions` (`provider`,`provider_session`);--> statement-breakpoint
ALTER TABLE `grants` ADD `provider` text REFERENCES `providers`(`id`) ON DELETE set null;--> statement-breakpoint
CREATE INDEX `grants_provider` ON `grants` (`provider`);