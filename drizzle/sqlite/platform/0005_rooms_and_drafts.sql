CREATE TABLE `choice_releases` (
	`scenario` text NOT NULL,
	`scene` text NOT NULL,
	`choice` text NOT NULL,
	`people` integer NOT NULL,
	`passed` integer NOT NULL,
	PRIMARY KEY(`scenario`, `scene`, `choice`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `draft_comments` (
	`id` text PRIMARY KEY NOT NULL,
	`draft` text NOT NULL,
	`under` text,
	`place` text,
	`quote` text,
	`body` text NOT NULL,
	`must` integer NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	`resolved_at` integer,
	`resolved_by` text,
	FOREIGN KEY (`draft`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`resolved_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `draft_comments_draft` ON `draft_comments` (`draft`,`at`);--> statement-breakpoint
CREATE INDEX `draft_comments_by` ON `draft_comments` (`by`);--> statement-breakpoint
CREATE INDEX `draft_comments_resolved_by` ON `draft_comments` (`resolved_by`);--> statement-breakpoint
CREATE TABLE `draft_documents` (
	`draft` text PRIMARY KEY NOT NULL,
	`up_to` integer NOT NULL,
	`body` blob NOT NULL,
	FOREIGN KEY (`draft`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `draft_links` (
	`hash` text PRIMARY KEY NOT NULL,
	`draft` text NOT NULL,
	`role` text NOT NULL,
	`made_by` text,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`draft`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`made_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `draft_links_draft` ON `draft_links` (`draft`);--> statement-breakpoint
CREATE INDEX `draft_links_made_by` ON `draft_links` (`made_by`);--> statement-breakpoint
CREATE TABLE `draft_mentions` (
	`comment` text NOT NULL,
	`person` text NOT NULL,
	`seen_at` integer,
	PRIMARY KEY(`comment`, `person`),
	FOREIGN KEY (`comment`) REFERENCES `draft_comments`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `draft_mentions_person` ON `draft_mentions` (`person`,`seen_at`);--> statement-breakpoint
CREATE TABLE `draft_people` (
	`draft` text NOT NULL,
	`person` text NOT NULL,
	`role` text NOT NULL,
	`voice` text,
	`pen_name` text,
	`consented_on` text,
	PRIMARY KEY(`draft`, `person`),
	FOREIGN KEY (`draft`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `draft_people_person` ON `draft_people` (`person`,`draft`);--> statement-breakpoint
CREATE TABLE `draft_updates` (
	`draft` text NOT NULL,
	`n` integer NOT NULL,
	`id` text NOT NULL,
	`body` blob NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`draft`, `n`),
	FOREIGN KEY (`draft`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `draft_updates_id` ON `draft_updates` (`draft`,`id`);--> statement-breakpoint
CREATE INDEX `draft_updates_by` ON `draft_updates` (`by`);--> statement-breakpoint
CREATE TABLE `drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation` text NOT NULL,
	`slug` text,
	`title` text NOT NULL,
	`begun_from` text,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`updates` integer NOT NULL,
	`discarded_at` integer,
	FOREIGN KEY (`organisation`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `drafts_organisation` ON `drafts` (`organisation`,`changed_at`);--> statement-breakpoint
CREATE TABLE `published_approvals` (
	`slug` text NOT NULL,
	`version` integer NOT NULL,
	`key` text NOT NULL,
	`person` text,
	`day` text NOT NULL,
	PRIMARY KEY(`slug`, `version`, `key`),
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `published_approvals_person` ON `published_approvals` (`person`);--> statement-breakpoint
CREATE TABLE `published_authors` (
	`slug` text NOT NULL,
	`version` integer NOT NULL,
	`person` text NOT NULL,
	`voice` text NOT NULL,
	PRIMARY KEY(`slug`, `version`, `person`),
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `published_authors_person` ON `published_authors` (`person`);--> statement-breakpoint
CREATE TABLE `published_scenarios` (
	`slug` text NOT NULL,
	`version` integer NOT NULL,
	`hash` text NOT NULL,
	`draft` text,
	`organisation` text NOT NULL,
	`published_on` text NOT NULL,
	`state` text NOT NULL,
	`since` text NOT NULL,
	`authors` text NOT NULL,
	PRIMARY KEY(`slug`, `version`),
	FOREIGN KEY (`draft`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`organisation`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `published_scenarios_hash` ON `published_scenarios` (`hash`);--> statement-breakpoint
CREATE INDEX `published_scenarios_organisation` ON `published_scenarios` (`organisation`);--> statement-breakpoint
CREATE INDEX `published_scenarios_draft` ON `published_scenarios` (`draft`);--> statement-breakpoint
CREATE TABLE `review_events` (
	`review` text NOT NULL,
	`n` integer NOT NULL,
	`kind` text NOT NULL,
	`data` text NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`review`, `n`),
	FOREIGN KEY (`review`) REFERENCES `reviews`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `review_events_by` ON `review_events` (`by`);--> statement-breakpoint
CREATE TABLE `reviewer_grants` (
	`person` text NOT NULL,
	`key` text NOT NULL,
	`offered_by` text,
	`offered_at` integer NOT NULL,
	`accepted_at` integer,
	PRIMARY KEY(`person`, `key`),
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`offered_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `reviewer_grants_offered_by` ON `reviewer_grants` (`offered_by`);--> statement-breakpoint
CREATE TABLE `reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`draft` text NOT NULL,
	`hash` text NOT NULL,
	`body` text NOT NULL,
	`up_to` integer NOT NULL,
	`authors` text NOT NULL,
	`last_author` text,
	`sent_by` text,
	`sent_at` integer NOT NULL,
	`events` integer NOT NULL,
	FOREIGN KEY (`draft`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`last_author`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`sent_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `reviews_draft` ON `reviews` (`draft`,`sent_at`);--> statement-breakpoint
CREATE INDEX `reviews_sent_by` ON `reviews` (`sent_by`);--> statement-breakpoint
CREATE INDEX `reviews_last_author` ON `reviews` (`last_author`);--> statement-breakpoint
CREATE TABLE `agreements` (
	`id` text PRIMARY KEY NOT NULL,
	`workplace` text NOT NULL,
	`session` text,
	`kind` text NOT NULL,
	`body` text NOT NULL,
	`owner` text,
	`due` text,
	`position` integer NOT NULL,
	`agreed_on` text NOT NULL,
	`outcome` text,
	`outcome_on` text,
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`session`) REFERENCES `plenary_sessions`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `agreements_workplace` ON `agreements` (`workplace`,`position`);--> statement-breakpoint
CREATE INDEX `agreements_session` ON `agreements` (`session`);--> statement-breakpoint
CREATE TABLE `attendance_codes` (
	`session` text NOT NULL,
	`person` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`session`, `person`),
	FOREIGN KEY (`session`) REFERENCES `plenary_sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `attendance_codes_person` ON `attendance_codes` (`person`);--> statement-breakpoint
CREATE UNIQUE INDEX `attendance_codes_hash` ON `attendance_codes` (`hash`);--> statement-breakpoint
CREATE TABLE `attendances` (
	`session` text NOT NULL,
	`person` text NOT NULL,
	`day` text NOT NULL,
	PRIMARY KEY(`session`, `person`),
	FOREIGN KEY (`session`) REFERENCES `plenary_sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `attendances_person` ON `attendances` (`person`);--> statement-breakpoint
CREATE TABLE `house_contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`workplace` text NOT NULL,
	`label` text NOT NULL,
	`number` text NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `house_contacts_workplace` ON `house_contacts` (`workplace`,`position`);--> statement-breakpoint
CREATE TABLE `plenary_backings` (
	`session` text NOT NULL,
	`suggestion` text NOT NULL,
	`voter` text NOT NULL,
	PRIMARY KEY(`session`, `suggestion`, `voter`),
	FOREIGN KEY (`session`) REFERENCES `plenary_sessions`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `plenary_events` (
	`session` text NOT NULL,
	`n` integer NOT NULL,
	`kind` text NOT NULL,
	`data` text NOT NULL,
	PRIMARY KEY(`session`, `n`),
	FOREIGN KEY (`session`) REFERENCES `plenary_sessions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `plenary_helpers` (
	`session` text NOT NULL,
	`person` text NOT NULL,
	`role` text NOT NULL,
	`feedback` text,
	PRIMARY KEY(`session`, `person`),
	FOREIGN KEY (`session`) REFERENCES `plenary_sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `plenary_helpers_person` ON `plenary_helpers` (`person`);--> statement-breakpoint
CREATE TABLE `plenary_invitations` (
	`session` text NOT NULL,
	`person` text NOT NULL,
	`revision` integer NOT NULL,
	`day` text NOT NULL,
	PRIMARY KEY(`session`, `person`),
	FOREIGN KEY (`session`) REFERENCES `plenary_sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `plenary_invitations_person` ON `plenary_invitations` (`person`);--> statement-breakpoint
CREATE TABLE `plenary_seats` (
	`session` text NOT NULL,
	`seat` text NOT NULL,
	PRIMARY KEY(`session`, `seat`),
	FOREIGN KEY (`session`) REFERENCES `plenary_sessions`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `plenary_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation` text NOT NULL,
	`workplace` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`facilitator` text,
	`scenario` text,
	`hash` text,
	`modules` text NOT NULL,
	`run_sheet` text NOT NULL,
	`starts_at` integer NOT NULL,
	`minutes` integer NOT NULL,
	`place` text NOT NULL,
	`locale` text NOT NULL,
	`follows` text,
	`rehearsal` integer NOT NULL,
	`code` text,
	`state` text NOT NULL,
	`held_on` text,
	`events` integer NOT NULL,
	`revision` integer NOT NULL,
	`word` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organisation`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`facilitator`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `plenary_sessions_workplace` ON `plenary_sessions` (`workplace`,`starts_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `plenary_sessions_code` ON `plenary_sessions` (`code`);--> statement-breakpoint
CREATE INDEX `plenary_sessions_facilitator` ON `plenary_sessions` (`facilitator`);--> statement-breakpoint
CREATE INDEX `plenary_sessions_organisation` ON `plenary_sessions` (`organisation`);--> statement-breakpoint
CREATE TABLE `plenary_suggestions` (
	`session` text NOT NULL,
	`id` text NOT NULL,
	`body` text NOT NULL,
	`hidden` integer NOT NULL,
	PRIMARY KEY(`session`, `id`),
	FOREIGN KEY (`session`) REFERENCES `plenary_sessions`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `plenary_votes` (
	`session` text NOT NULL,
	`round` integer NOT NULL,
	`voter` text NOT NULL,
	`choice` text NOT NULL,
	PRIMARY KEY(`session`, `round`, `voter`),
	FOREIGN KEY (`session`) REFERENCES `plenary_sessions`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `plenary_workplaces` (
	`session` text NOT NULL,
	`workplace` text NOT NULL,
	PRIMARY KEY(`session`, `workplace`),
	FOREIGN KEY (`session`) REFERENCES `plenary_sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `plenary_workplaces_workplace` ON `plenary_workplaces` (`workplace`);--> statement-breakpoint
ALTER TABLE `certificates` ADD `led_here` integer;
