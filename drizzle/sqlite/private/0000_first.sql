CREATE TABLE `attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`learner` text NOT NULL,
	`scenario` text NOT NULL,
	`version` text NOT NULL,
	`house` text,
	`ordinal` integer NOT NULL,
	`state` text NOT NULL,
	`month` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `attempts_ordinal` ON `attempts` (`learner`,`ordinal`);--> statement-breakpoint
CREATE INDEX `attempts_month` ON `attempts` (`month`);--> statement-breakpoint
CREATE TABLE `moves` (
	`attempt` text NOT NULL,
	`position` integer NOT NULL,
	`move` text NOT NULL,
	PRIMARY KEY(`attempt`, `position`),
	FOREIGN KEY (`attempt`) REFERENCES `attempts`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `progress` (
	`id` text PRIMARY KEY NOT NULL,
	`learner` text NOT NULL,
	`step` text NOT NULL,
	`month` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `progress_once` ON `progress` (`learner`,`step`);--> statement-breakpoint
CREATE TABLE `reflections` (
	`id` text PRIMARY KEY NOT NULL,
	`learner` text NOT NULL,
	`step` text NOT NULL,
	`sealed` blob NOT NULL,
	`month` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `reflections_once` ON `reflections` (`learner`,`step`);