CREATE TABLE `certificates` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`person` text NOT NULL,
	`course` text NOT NULL,
	`cycle` integer NOT NULL,
	`version` text NOT NULL,
	`completed_on` text NOT NULL,
	`issued_on` text NOT NULL,
	`outcomes` text NOT NULL,
	`shows_name` integer NOT NULL,
	`valid_until` text,
	`led_on` text,
	`withdrawn_on` text,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `certificates_code` ON `certificates` (`code`);--> statement-breakpoint
CREATE INDEX `certificates_person` ON `certificates` (`person`,`course`,`cycle`);--> statement-breakpoint
CREATE TABLE `assignment_rules` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation` text NOT NULL,
	`workplace` text NOT NULL,
	`role` text NOT NULL,
	`course` text NOT NULL,
	`due_days` integer NOT NULL,
	`grace_days` integer NOT NULL,
	`renew_by` text,
	`renew_months` integer,
	`window_from` text,
	`window_until` text,
	`made_on` text NOT NULL,
	`made_by` text,
	`ended_on` text,
	FOREIGN KEY (`organisation`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`made_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `assignment_rules_workplace` ON `assignment_rules` (`workplace`);--> statement-breakpoint
CREATE INDEX `assignment_rules_made_by` ON `assignment_rules` (`made_by`);--> statement-breakpoint
CREATE INDEX `assignment_rules_organisation` ON `assignment_rules` (`organisation`);--> statement-breakpoint
CREATE TABLE `assignments` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`course` text NOT NULL,
	`cycle` integer NOT NULL,
	`rule` text,
	`origin` text NOT NULL,
	`by` text NOT NULL,
	`assigned_on` text NOT NULL,
	`due_on` text,
	`due_days` integer,
	`grace_days` integer NOT NULL,
	`renew_by` text,
	`renew_months` integer,
	`window_from` text,
	`window_until` text,
	`ended_on` text,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`rule`) REFERENCES `assignment_rules`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `assignments_rule` ON `assignments` (`rule`);--> statement-breakpoint
CREATE INDEX `assignments_person` ON `assignments` (`person`,`course`,`cycle`);--> statement-breakpoint
CREATE TABLE `counted` (
	`person` text NOT NULL,
	`workplace` text NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`person`, `workplace`, `role`),
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `counted_workplace` ON `counted` (`workplace`,`role`);--> statement-breakpoint
CREATE TABLE `credits` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`course` text NOT NULL,
	`cycle` integer NOT NULL,
	`organiser` text NOT NULL,
	`day` text NOT NULL,
	`made_by` text,
	`made_on` text NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`made_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `credits_made_by` ON `credits` (`made_by`);--> statement-breakpoint
CREATE INDEX `credits_person` ON `credits` (`person`);--> statement-breakpoint
CREATE TABLE `headcounts` (
	`workplace` text NOT NULL,
	`role` text NOT NULL,
	`people` integer NOT NULL,
	PRIMARY KEY(`workplace`, `role`),
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `published` (
	`workplace` text NOT NULL,
	`kind` text NOT NULL,
	`day` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`workplace`, `kind`),
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `published_groups` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation` text NOT NULL,
	`course` text NOT NULL,
	`workplaces` text NOT NULL,
	`size` integer NOT NULL,
	`body` text NOT NULL,
	FOREIGN KEY (`organisation`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `published_groups_organisation` ON `published_groups` (`organisation`);--> statement-breakpoint
CREATE TABLE `published_people` (
	`course` text NOT NULL,
	`person` text NOT NULL,
	`group` text,
	`since` text NOT NULL,
	`is_resting` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`course`, `person`),
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `published_people_person` ON `published_people` (`person`);--> statement-breakpoint
CREATE TABLE `snapshots` (
	`id` text PRIMARY KEY NOT NULL,
	`workplace` text NOT NULL,
	`made_on` text NOT NULL,
	`made_by` text,
	`body` text NOT NULL,
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`made_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `snapshots_made_by` ON `snapshots` (`made_by`);--> statement-breakpoint
CREATE INDEX `snapshots_workplace` ON `snapshots` (`workplace`,`made_on`);--> statement-breakpoint
CREATE TABLE `stale_standings` (
	`person` text PRIMARY KEY NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `stale_tallies` (
	`workplace` text PRIMARY KEY NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `standings` (
	`person` text NOT NULL,
	`course` text NOT NULL,
	`state` text NOT NULL,
	`is_valid` integer NOT NULL,
	`is_asked` integer NOT NULL,
	`cycle` integer NOT NULL,
	`by` text NOT NULL,
	`course_cycle` integer NOT NULL,
	`refresher_cycle` integer NOT NULL,
	`completed_on` text,
	`due_on` text,
	`renews_on` text,
	`modules_completed` integer NOT NULL,
	`next_on` text,
	PRIMARY KEY(`person`, `course`),
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `standings_next` ON `standings` (`next_on`);--> statement-breakpoint
CREATE INDEX `standings_due` ON `standings` (`due_on`);--> statement-breakpoint
CREATE TABLE `tallies` (
	`workplace` text NOT NULL,
	`course` text NOT NULL,
	`role` text NOT NULL,
	`away` integer NOT NULL,
	`waived` integer NOT NULL,
	`lapsed` integer NOT NULL,
	`overdue` integer NOT NULL,
	`due_soon` integer NOT NULL,
	`completed` integer NOT NULL,
	`in_progress` integer NOT NULL,
	`not_started` integer NOT NULL,
	`valid` integer NOT NULL,
	PRIMARY KEY(`workplace`, `course`, `role`),
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tally_months` (
	`workplace` text NOT NULL,
	`course` text NOT NULL,
	`month` text NOT NULL,
	`valid` integer NOT NULL,
	`total` integer NOT NULL,
	PRIMARY KEY(`workplace`, `course`, `month`),
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `unrecorded` (
	`person` text NOT NULL,
	`course` text NOT NULL,
	`module` text NOT NULL,
	PRIMARY KEY(`person`, `course`, `module`),
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `waivers` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`course` text NOT NULL,
	`reason` text NOT NULL,
	`from_day` text NOT NULL,
	`until_day` text,
	`made_by` text,
	`made_on` text NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`made_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `waivers_made_by` ON `waivers` (`made_by`);--> statement-breakpoint
CREATE INDEX `waivers_person` ON `waivers` (`person`);--> statement-breakpoint
CREATE TABLE `reminder_stops` (
	`person` text PRIMARY KEY NOT NULL,
	`stopped_on` text NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `reminders` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`kind` text NOT NULL,
	`course` text,
	`workplace` text,
	`occasion` text NOT NULL,
	`made_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`sent_at` integer,
	`outcome` text NOT NULL,
	`made_by` text,
	`stop_hash` text,
	`seen_on` text,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`made_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `reminders_made_by` ON `reminders` (`made_by`);--> statement-breakpoint
CREATE UNIQUE INDEX `reminders_once` ON `reminders` (`occasion`);--> statement-breakpoint
CREATE UNIQUE INDEX `reminders_stop` ON `reminders` (`stop_hash`);--> statement-breakpoint
CREATE INDEX `reminders_person` ON `reminders` (`person`,`made_at`);--> statement-breakpoint
CREATE INDEX `reminders_waiting` ON `reminders` (`outcome`,`due_at`);--> statement-breakpoint
CREATE INDEX `reminders_workplace` ON `reminders` (`workplace`,`made_at`);--> statement-breakpoint
CREATE TABLE `calendar_feeds` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`workplace` text NOT NULL,
	`person` text NOT NULL,
	`made_at` integer NOT NULL,
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `calendar_feeds_person` ON `calendar_feeds` (`person`);--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feeds_once` ON `calendar_feeds` (`workplace`,`person`);--> statement-breakpoint
CREATE TABLE `plan_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`workplace` text NOT NULL,
	`kind` text NOT NULL,
	`title` text,
	`owner` text,
	`on_day` text NOT NULL,
	`series` text,
	`done_on` text,
	`removed_on` text,
	`revision` integer NOT NULL,
	`made_by` text,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`owner`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`made_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `plan_entries_owner` ON `plan_entries` (`owner`);--> statement-breakpoint
CREATE INDEX `plan_entries_made_by` ON `plan_entries` (`made_by`);--> statement-breakpoint
CREATE INDEX `plan_entries_workplace` ON `plan_entries` (`workplace`,`on_day`);--> statement-breakpoint
CREATE TABLE `__new_course_completions` (
	`person` text NOT NULL,
	`course` text NOT NULL,
	`cycle` integer NOT NULL,
	`version` text NOT NULL,
	`day` text NOT NULL,
	`source` text NOT NULL,
	`by` text NOT NULL,
	PRIMARY KEY(`person`, `course`, `cycle`),
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_course_completions`("person", "course", "cycle", "version", "day", "source", "by") SELECT "person", "course", 1, "version", "day", "source", 'course' FROM `course_completions`;--> statement-breakpoint
DROP TABLE `course_completions`;--> statement-breakpoint
ALTER TABLE `__new_course_completions` RENAME TO `course_completions`;--> statement-breakpoint
CREATE INDEX `course_completions_course` ON `course_completions` (`course`,`day`);--> statement-breakpoint
CREATE TABLE `__new_module_completions` (
	`person` text NOT NULL,
	`course` text NOT NULL,
	`module` text NOT NULL,
	`cycle` integer NOT NULL,
	`version` text NOT NULL,
	`day` text NOT NULL,
	`source` text NOT NULL,
	PRIMARY KEY(`person`, `course`, `module`, `cycle`),
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_module_completions`("person", "course", "module", "cycle", "version", "day", "source") SELECT "person", "course", "module", 1, "version", "day", "source" FROM `module_completions`;--> statement-breakpoint
DROP TABLE `module_completions`;--> statement-breakpoint
ALTER TABLE `__new_module_completions` RENAME TO `module_completions`;--> statement-breakpoint
ALTER TABLE `people` ADD `has_new_address` integer;--> statement-breakpoint
CREATE INDEX `entry_tokens_made_by` ON `entry_tokens` (`made_by`);--> statement-breakpoint
CREATE INDEX `grants_workplace` ON `grants` (`workplace`);--> statement-breakpoint
CREATE INDEX `imports_made_by` ON `imports` (`made_by`);--> statement-breakpoint
CREATE INDEX `view_policies_decided_by` ON `view_policies` (`decided_by`);
