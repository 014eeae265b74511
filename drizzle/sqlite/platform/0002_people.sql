CREATE TABLE `audit` (
	`month` text NOT NULL,
	`position` integer NOT NULL,
	`at` integer NOT NULL,
	`organisation` text,
	`actor` text,
	`role` text,
	`workplace` text,
	`event` text NOT NULL,
	`subject` text,
	`detail` text,
	`hash` text NOT NULL,
	PRIMARY KEY(`month`, `position`)
);
--> statement-breakpoint
CREATE INDEX `audit_organisation` ON `audit` (`organisation`,`at`);--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit` (`subject`,`at`);--> statement-breakpoint
CREATE INDEX `audit_actor` ON `audit` (`actor`,`at`);--> statement-breakpoint
CREATE TABLE `audit_months` (
	`month` text PRIMARY KEY NOT NULL,
	`last_hash` text NOT NULL,
	`deleted_on` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `entry_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`purpose` text NOT NULL,
	`token_hash` text NOT NULL,
	`code_hash` text,
	`made_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	`made_by` text,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`made_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `entry_tokens_token` ON `entry_tokens` (`token_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `entry_tokens_code` ON `entry_tokens` (`code_hash`);--> statement-breakpoint
CREATE INDEX `entry_tokens_person` ON `entry_tokens` (`person`);--> statement-breakpoint
CREATE TABLE `absences` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`from_day` text NOT NULL,
	`until_day` text,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `absences_person` ON `absences` (`person`);--> statement-breakpoint
CREATE TABLE `import_rows` (
	`import` text NOT NULL,
	`position` integer NOT NULL,
	`line` integer NOT NULL,
	`outcome` text NOT NULL,
	`change` text NOT NULL,
	`before` text,
	PRIMARY KEY(`import`, `position`),
	FOREIGN KEY (`import`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `import_rows_outcome` ON `import_rows` (`import`,`outcome`,`position`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`counts` text NOT NULL,
	`made_by` text,
	`made_at` integer NOT NULL,
	`applied_at` integer,
	`undone_at` integer,
	FOREIGN KEY (`organisation`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`made_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `imports_organisation` ON `imports` (`organisation`,`made_at`);--> statement-breakpoint
CREATE TABLE `view_policies` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation` text NOT NULL,
	`shows` text NOT NULL,
	`announced_on` text NOT NULL,
	`effective_on` text NOT NULL,
	`decided_by` text,
	FOREIGN KEY (`organisation`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `view_policies_organisation` ON `view_policies` (`organisation`,`effective_on`);--> statement-breakpoint
CREATE TABLE `__new_people` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation` text NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`username` text,
	`employee_id` text,
	`search_text` text NOT NULL,
	`locale` text,
	`closed_on` text,
	`erased_on` text,
	FOREIGN KEY (`organisation`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_people`("id", "organisation", "name", "email", "username", "employee_id", "search_text", "locale", "closed_on", "erased_on") SELECT "id", "organisation", "name", "email", NULL, NULL, "search_text", "locale", "closed_on", NULL FROM `people`;--> statement-breakpoint
DROP TABLE `people`;--> statement-breakpoint
ALTER TABLE `__new_people` RENAME TO `people`;--> statement-breakpoint
CREATE UNIQUE INDEX `people_email` ON `people` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `people_username` ON `people` (`username`);--> statement-breakpoint
CREATE UNIQUE INDEX `people_employee` ON `people` (`organisation`,`employee_id`);--> statement-breakpoint
DROP INDEX `workplaces_organisation`;--> statement-breakpoint
ALTER TABLE `workplaces` ADD `external_id` text;--> statement-breakpoint
CREATE UNIQUE INDEX `workplaces_external` ON `workplaces` (`organisation`,`external_id`);--> statement-breakpoint
ALTER TABLE `organisations` ADD `locale` text;--> statement-breakpoint
ALTER TABLE `organisations` ADD `retention` text;--> statement-breakpoint
DELETE FROM `sessions`;--> statement-breakpoint
ALTER TABLE `sessions` ADD `handle` text NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `begun_at` integer NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `device` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `is_shared` integer NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `idle_minutes` integer NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_handle` ON `sessions` (`handle`);--> statement-breakpoint
CREATE TRIGGER `audit_unchanged` BEFORE UPDATE ON `audit` BEGIN
	SELECT RAISE(ABORT, 'the audit log is only added to');
END;--> statement-breakpoint
CREATE TRIGGER `audit_kept` BEFORE DELETE ON `audit`
WHEN NOT EXISTS (SELECT 1 FROM `audit_months` WHERE `month` = OLD.`month`) BEGIN
	SELECT RAISE(ABORT, 'the audit log goes by whole months');
END;
