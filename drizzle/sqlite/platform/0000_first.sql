CREATE TABLE `course_completions` (
	`person` text NOT NULL,
	`course` text NOT NULL,
	`version` text NOT NULL,
	`day` text NOT NULL,
	`source` text NOT NULL,
	PRIMARY KEY(`person`, `course`),
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `course_completions_course` ON `course_completions` (`course`,`day`);--> statement-breakpoint
CREATE TABLE `module_completions` (
	`person` text NOT NULL,
	`course` text NOT NULL,
	`module` text NOT NULL,
	`version` text NOT NULL,
	`day` text NOT NULL,
	`source` text NOT NULL,
	PRIMARY KEY(`person`, `course`, `module`),
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `organisations` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`is_demonstration` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `passwords` (
	`person` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`search_text` text NOT NULL,
	`locale` text,
	`closed_on` text,
	FOREIGN KEY (`organisation`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_email` ON `people` (`email`);--> statement-breakpoint
CREATE INDEX `people_organisation` ON `people` (`organisation`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`reauthenticated_at` integer NOT NULL,
	`method` text NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sessions_person` ON `sessions` (`person`);--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `content_versions` (
	`hash` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`slug` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`event` text NOT NULL,
	`subscriber` text NOT NULL,
	`payload` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` integer NOT NULL,
	`leased_until` integer,
	`leased_by` text,
	`finished_on` text,
	`fault` text
);
--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`state`,`due_at`);--> statement-breakpoint
CREATE TABLE `grants` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`role` text NOT NULL,
	`workplace` text NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `grants_once` ON `grants` (`person`,`role`,`workplace`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`workplace` text NOT NULL,
	`person` text NOT NULL,
	PRIMARY KEY(`workplace`, `person`),
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `memberships_person` ON `memberships` (`person`);--> statement-breakpoint
CREATE TABLE `workplace_reach` (
	`above` text NOT NULL,
	`below` text NOT NULL,
	PRIMARY KEY(`above`, `below`),
	FOREIGN KEY (`above`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`below`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `workplace_reach_below` ON `workplace_reach` (`below`);--> statement-breakpoint
CREATE TABLE `workplaces` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation` text NOT NULL,
	`parent` text,
	`name` text NOT NULL,
	`setting` text,
	`closed_on` text,
	FOREIGN KEY (`organisation`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `workplaces_organisation` ON `workplaces` (`organisation`);--> statement-breakpoint
CREATE INDEX `workplaces_parent` ON `workplaces` (`parent`);