CREATE TABLE `task_answers` (
	`workplace` text NOT NULL,
	`course` text NOT NULL,
	`task` text NOT NULL,
	`revision` integer NOT NULL,
	`answers` text NOT NULL,
	`written_by` text,
	`written_on` text NOT NULL,
	PRIMARY KEY(`workplace`, `course`, `task`, `revision`),
	FOREIGN KEY (`workplace`) REFERENCES `workplaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`written_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `task_answers_written_by` ON `task_answers` (`written_by`);