CREATE TABLE "learner_keys" (
	"person" text COLLATE "C" PRIMARY KEY NOT NULL,
	"wrapped" "bytea" NOT NULL
);
