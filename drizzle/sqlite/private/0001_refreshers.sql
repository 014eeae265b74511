CREATE TABLE `refreshers` (
	`id` text PRIMARY KEY NOT NULL,
	`learner` text NOT NULL,
	`ordinal` integer NOT NULL,
	`position` integer NOT NULL,
	`encounter` text NOT NULL,
	`state` text NOT NULL,
	`month` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `refreshers_place` ON `refreshers` (`learner`,`ordinal`,`position`);