CREATE TABLE "attempts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"learner" text COLLATE "C" NOT NULL,
	"scenario" text COLLATE "C" NOT NULL,
	"version" text COLLATE "C" NOT NULL,
	"house" text COLLATE "C",
	"ordinal" integer NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "moves" (
	"attempt" text COLLATE "C" NOT NULL,
	"position" integer NOT NULL,
	"move" text COLLATE "C" NOT NULL,
	CONSTRAINT "moves_attempt_position_pk" PRIMARY KEY("attempt","position")
);
--> statement-breakpoint
CREATE TABLE "progress" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"learner" text COLLATE "C" NOT NULL,
	"step" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reflections" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"learner" text COLLATE "C" NOT NULL,
	"step" text COLLATE "C" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"month" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refreshers" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"learner" text COLLATE "C" NOT NULL,
	"ordinal" integer NOT NULL,
	"position" integer NOT NULL,
	"encounter" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "moves" ADD CONSTRAINT "moves_attempt_attempts_id_fk" FOREIGN KEY ("attempt") REFERENCES "public"."attempts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_ordinal" ON "attempts" USING btree ("learner","ordinal");--> statement-breakpoint
CREATE INDEX "attempts_month" ON "attempts" USING btree ("month");--> statement-breakpoint
CREATE UNIQUE INDEX "progress_once" ON "progress" USING btree ("learner","step");--> statement-breakpoint
CREATE UNIQUE INDEX "reflections_once" ON "reflections" USING btree ("learner","step");--> statement-breakpoint
CREATE UNIQUE INDEX "refreshers_place" ON "refreshers" USING btree ("learner","ordinal","position");