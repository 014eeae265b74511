ALTER TABLE "sessions" ADD COLUMN "provider_subject" text COLLATE "C";--> statement-breakpoint
-- Which provider calls them what is not known of those that live: they sign in once more.
DELETE FROM "sessions" WHERE "provider" IS NOT NULL;
