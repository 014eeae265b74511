CREATE TABLE `learner_keys` (
	`person` text PRIMARY KEY NOT NULL,
	`wrapped` blob NOT NULL
) WITHOUT ROWID;
