CREATE TABLE "audit" (
	"month" text COLLATE "C" NOT NULL,
	"position" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"organisation" text COLLATE "C",
	"actor" text COLLATE "C",
	"role" text COLLATE "C",
	"workplace" text COLLATE "C",
	"event" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C",
	"detail" json,
	"hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "audit_month_position_pk" PRIMARY KEY("month","position")
);
--> statement-breakpoint
CREATE TABLE "audit_months" (
	"month" text COLLATE "C" PRIMARY KEY NOT NULL,
	"last_hash" text COLLATE "C" NOT NULL,
	"deleted_on" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "choice_releases" (
	"scenario" text COLLATE "C" NOT NULL,
	"scene" text COLLATE "C" NOT NULL,
	"choice" text COLLATE "C" NOT NULL,
	"people" integer NOT NULL,
	"passed" integer NOT NULL,
	CONSTRAINT "choice_releases_scenario_scene_choice_pk" PRIMARY KEY("scenario","scene","choice")
);
--> statement-breakpoint
CREATE TABLE "draft_comments" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"draft" text COLLATE "C" NOT NULL,
	"under" text COLLATE "C",
	"place" text COLLATE "C",
	"quote" text COLLATE "C",
	"body" text COLLATE "C" NOT NULL,
	"must" boolean NOT NULL,
	"by" text COLLATE "C",
	"at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolved_by" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "draft_documents" (
	"draft" text COLLATE "C" PRIMARY KEY NOT NULL,
	"up_to" integer NOT NULL,
	"body" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "draft_links" (
	"hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"draft" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"made_by" text COLLATE "C",
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "draft_mentions" (
	"comment" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"seen_at" timestamp (3) with time zone,
	CONSTRAINT "draft_mentions_comment_person_pk" PRIMARY KEY("comment","person")
);
--> statement-breakpoint
CREATE TABLE "draft_people" (
	"draft" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"voice" text COLLATE "C",
	"pen_name" text COLLATE "C",
	"consented_on" text COLLATE "C",
	CONSTRAINT "draft_people_draft_person_pk" PRIMARY KEY("draft","person")
);
--> statement-breakpoint
CREATE TABLE "draft_updates" (
	"draft" text COLLATE "C" NOT NULL,
	"n" integer NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"body" "bytea" NOT NULL,
	"by" text COLLATE "C",
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "draft_updates_draft_n_pk" PRIMARY KEY("draft","n")
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organisation" text COLLATE "C" NOT NULL,
	"slug" text COLLATE "C",
	"title" json NOT NULL,
	"begun_from" text COLLATE "C",
	"created_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"updates" integer NOT NULL,
	"discarded_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "published_approvals" (
	"slug" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C",
	"day" text COLLATE "C" NOT NULL,
	CONSTRAINT "published_approvals_slug_version_key_pk" PRIMARY KEY("slug","version","key")
);
--> statement-breakpoint
CREATE TABLE "published_authors" (
	"slug" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"voice" text COLLATE "C" NOT NULL,
	CONSTRAINT "published_authors_slug_version_person_pk" PRIMARY KEY("slug","version","person")
);
--> statement-breakpoint
CREATE TABLE "published_scenarios" (
	"slug" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"draft" text COLLATE "C",
	"organisation" text COLLATE "C" NOT NULL,
	"published_on" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"since" text COLLATE "C" NOT NULL,
	"authors" json NOT NULL,
	CONSTRAINT "published_scenarios_slug_version_pk" PRIMARY KEY("slug","version")
);
--> statement-breakpoint
CREATE TABLE "review_events" (
	"review" text COLLATE "C" NOT NULL,
	"n" integer NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"data" json NOT NULL,
	"by" text COLLATE "C",
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "review_events_review_n_pk" PRIMARY KEY("review","n")
);
--> statement-breakpoint
CREATE TABLE "reviewer_grants" (
	"person" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"offered_by" text COLLATE "C",
	"offered_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	CONSTRAINT "reviewer_grants_person_key_pk" PRIMARY KEY("person","key")
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"draft" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"up_to" integer NOT NULL,
	"authors" json NOT NULL,
	"last_author" text COLLATE "C",
	"sent_by" text COLLATE "C",
	"sent_at" timestamp (3) with time zone NOT NULL,
	"events" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "certificates" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"course" text COLLATE "C" NOT NULL,
	"cycle" integer NOT NULL,
	"version" text COLLATE "C" NOT NULL,
	"completed_on" text COLLATE "C" NOT NULL,
	"issued_on" text COLLATE "C" NOT NULL,
	"outcomes" json NOT NULL,
	"shows_name" boolean NOT NULL,
	"valid_until" text COLLATE "C",
	"led_on" text COLLATE "C",
	"led_here" boolean,
	"withdrawn_on" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "assignment_rules" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organisation" text COLLATE "C" NOT NULL,
	"workplace" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"course" text COLLATE "C" NOT NULL,
	"due_days" integer NOT NULL,
	"grace_days" integer NOT NULL,
	"renew_by" text COLLATE "C",
	"renew_months" integer,
	"window_from" text COLLATE "C",
	"window_until" text COLLATE "C",
	"made_on" text COLLATE "C" NOT NULL,
	"made_by" text COLLATE "C",
	"ended_on" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "assignments" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"course" text COLLATE "C" NOT NULL,
	"cycle" integer NOT NULL,
	"rule" text COLLATE "C",
	"origin" text COLLATE "C" NOT NULL,
	"by" text COLLATE "C" NOT NULL,
	"assigned_on" text COLLATE "C" NOT NULL,
	"due_on" text COLLATE "C",
	"due_days" integer,
	"grace_days" integer NOT NULL,
	"renew_by" text COLLATE "C",
	"renew_months" integer,
	"window_from" text COLLATE "C",
	"window_until" text COLLATE "C",
	"ended_on" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "counted" (
	"person" text COLLATE "C" NOT NULL,
	"workplace" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	CONSTRAINT "counted_person_workplace_role_pk" PRIMARY KEY("person","workplace","role")
);
--> statement-breakpoint
CREATE TABLE "course_completions" (
	"person" text COLLATE "C" NOT NULL,
	"course" text COLLATE "C" NOT NULL,
	"cycle" integer NOT NULL,
	"version" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"by" text COLLATE "C" NOT NULL,
	CONSTRAINT "course_completions_person_course_cycle_pk" PRIMARY KEY("person","course","cycle")
);
--> statement-breakpoint
CREATE TABLE "credits" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"course" text COLLATE "C" NOT NULL,
	"cycle" integer NOT NULL,
	"organiser" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"made_by" text COLLATE "C",
	"made_on" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "headcounts" (
	"workplace" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"people" integer NOT NULL,
	CONSTRAINT "headcounts_workplace_role_pk" PRIMARY KEY("workplace","role")
);
--> statement-breakpoint
CREATE TABLE "module_completions" (
	"person" text COLLATE "C" NOT NULL,
	"course" text COLLATE "C" NOT NULL,
	"module" text COLLATE "C" NOT NULL,
	"cycle" integer NOT NULL,
	"version" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	CONSTRAINT "module_completions_person_course_module_cycle_pk" PRIMARY KEY("person","course","module","cycle")
);
--> statement-breakpoint
CREATE TABLE "published" (
	"workplace" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"body" json NOT NULL,
	CONSTRAINT "published_workplace_kind_pk" PRIMARY KEY("workplace","kind")
);
--> statement-breakpoint
CREATE TABLE "published_groups" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organisation" text COLLATE "C" NOT NULL,
	"course" text COLLATE "C" NOT NULL,
	"workplaces" json NOT NULL,
	"size" integer NOT NULL,
	"body" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "published_people" (
	"course" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"group" text COLLATE "C",
	"since" text COLLATE "C" NOT NULL,
	"is_resting" boolean NOT NULL,
	"body" json NOT NULL,
	CONSTRAINT "published_people_course_person_pk" PRIMARY KEY("course","person")
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"workplace" text COLLATE "C" NOT NULL,
	"made_on" text COLLATE "C" NOT NULL,
	"made_by" text COLLATE "C",
	"body" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stale_standings" (
	"person" text COLLATE "C" PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stale_tallies" (
	"workplace" text COLLATE "C" PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "standings" (
	"person" text COLLATE "C" NOT NULL,
	"course" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"is_valid" boolean NOT NULL,
	"is_asked" boolean NOT NULL,
	"cycle" integer NOT NULL,
	"by" text COLLATE "C" NOT NULL,
	"course_cycle" integer NOT NULL,
	"refresher_cycle" integer NOT NULL,
	"completed_on" text COLLATE "C",
	"due_on" text COLLATE "C",
	"renews_on" text COLLATE "C",
	"modules_completed" integer NOT NULL,
	"next_on" text COLLATE "C",
	CONSTRAINT "standings_person_course_pk" PRIMARY KEY("person","course")
);
--> statement-breakpoint
CREATE TABLE "tallies" (
	"workplace" text COLLATE "C" NOT NULL,
	"course" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"away" integer NOT NULL,
	"waived" integer NOT NULL,
	"lapsed" integer NOT NULL,
	"overdue" integer NOT NULL,
	"due_soon" integer NOT NULL,
	"completed" integer NOT NULL,
	"in_progress" integer NOT NULL,
	"not_started" integer NOT NULL,
	"valid" integer NOT NULL,
	CONSTRAINT "tallies_workplace_course_role_pk" PRIMARY KEY("workplace","course","role")
);
--> statement-breakpoint
CREATE TABLE "tally_months" (
	"workplace" text COLLATE "C" NOT NULL,
	"course" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"valid" integer NOT NULL,
	"total" integer NOT NULL,
	CONSTRAINT "tally_months_workplace_course_month_pk" PRIMARY KEY("workplace","course","month")
);
--> statement-breakpoint
CREATE TABLE "unrecorded" (
	"person" text COLLATE "C" NOT NULL,
	"course" text COLLATE "C" NOT NULL,
	"module" text COLLATE "C" NOT NULL,
	CONSTRAINT "unrecorded_person_course_module_pk" PRIMARY KEY("person","course","module")
);
--> statement-breakpoint
CREATE TABLE "waivers" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"course" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"from_day" text COLLATE "C" NOT NULL,
	"until_day" text COLLATE "C",
	"made_by" text COLLATE "C",
	"made_on" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "entry_tokens" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"purpose" text COLLATE "C" NOT NULL,
	"token_hash" text COLLATE "C" NOT NULL,
	"code_hash" text COLLATE "C",
	"made_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"made_by" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"is_demonstration" boolean NOT NULL,
	"locale" text COLLATE "C",
	"retention" json
);
--> statement-breakpoint
CREATE TABLE "passwords" (
	"person" text COLLATE "C" PRIMARY KEY NOT NULL,
	"hash" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organisation" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"email" text COLLATE "C",
	"has_new_address" boolean,
	"username" text COLLATE "C",
	"employee_id" text COLLATE "C",
	"search_text" text COLLATE "C" NOT NULL,
	"locale" text COLLATE "C",
	"closed_on" text COLLATE "C",
	"erased_on" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"reauthenticated_at" timestamp (3) with time zone NOT NULL,
	"method" text COLLATE "C" NOT NULL,
	"handle" text COLLATE "C" NOT NULL,
	"begun_at" timestamp (3) with time zone NOT NULL,
	"device" text COLLATE "C",
	"is_shared" boolean NOT NULL,
	"idle_minutes" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reminder_stops" (
	"person" text COLLATE "C" PRIMARY KEY NOT NULL,
	"stopped_on" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reminders" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"course" text COLLATE "C",
	"workplace" text COLLATE "C",
	"occasion" text COLLATE "C" NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"outcome" text COLLATE "C" NOT NULL,
	"made_by" text COLLATE "C",
	"stop_hash" text COLLATE "C",
	"seen_on" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "agreements" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"workplace" text COLLATE "C" NOT NULL,
	"session" text COLLATE "C",
	"kind" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"owner" text COLLATE "C",
	"due" text COLLATE "C",
	"position" integer NOT NULL,
	"agreed_on" text COLLATE "C" NOT NULL,
	"outcome" text COLLATE "C",
	"outcome_on" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "attendance_codes" (
	"session" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "attendance_codes_session_person_pk" PRIMARY KEY("session","person")
);
--> statement-breakpoint
CREATE TABLE "attendances" (
	"session" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	CONSTRAINT "attendances_session_person_pk" PRIMARY KEY("session","person")
);
--> statement-breakpoint
CREATE TABLE "house_contacts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"workplace" text COLLATE "C" NOT NULL,
	"label" text COLLATE "C" NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plenary_backings" (
	"session" text COLLATE "C" NOT NULL,
	"suggestion" text COLLATE "C" NOT NULL,
	"voter" text COLLATE "C" NOT NULL,
	CONSTRAINT "plenary_backings_session_suggestion_voter_pk" PRIMARY KEY("session","suggestion","voter")
);
--> statement-breakpoint
CREATE TABLE "plenary_events" (
	"session" text COLLATE "C" NOT NULL,
	"n" integer NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"data" json NOT NULL,
	CONSTRAINT "plenary_events_session_n_pk" PRIMARY KEY("session","n")
);
--> statement-breakpoint
CREATE TABLE "plenary_helpers" (
	"session" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"feedback" json,
	CONSTRAINT "plenary_helpers_session_person_pk" PRIMARY KEY("session","person")
);
--> statement-breakpoint
CREATE TABLE "plenary_invitations" (
	"session" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"revision" integer NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	CONSTRAINT "plenary_invitations_session_person_pk" PRIMARY KEY("session","person")
);
--> statement-breakpoint
CREATE TABLE "plenary_seats" (
	"session" text COLLATE "C" NOT NULL,
	"seat" text COLLATE "C" NOT NULL,
	CONSTRAINT "plenary_seats_session_seat_pk" PRIMARY KEY("session","seat")
);
--> statement-breakpoint
CREATE TABLE "plenary_sessions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organisation" text COLLATE "C" NOT NULL,
	"workplace" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"facilitator" text COLLATE "C",
	"scenario" text COLLATE "C",
	"hash" text COLLATE "C",
	"modules" json NOT NULL,
	"run_sheet" json NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"minutes" integer NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"locale" text COLLATE "C" NOT NULL,
	"follows" text COLLATE "C",
	"rehearsal" boolean NOT NULL,
	"code" text COLLATE "C",
	"state" text COLLATE "C" NOT NULL,
	"held_on" text COLLATE "C",
	"events" integer NOT NULL,
	"revision" integer NOT NULL,
	"word" text COLLATE "C",
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plenary_suggestions" (
	"session" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"hidden" boolean NOT NULL,
	CONSTRAINT "plenary_suggestions_session_id_pk" PRIMARY KEY("session","id")
);
--> statement-breakpoint
CREATE TABLE "plenary_votes" (
	"session" text COLLATE "C" NOT NULL,
	"round" integer NOT NULL,
	"voter" text COLLATE "C" NOT NULL,
	"choice" text COLLATE "C" NOT NULL,
	CONSTRAINT "plenary_votes_session_round_voter_pk" PRIMARY KEY("session","round","voter")
);
--> statement-breakpoint
CREATE TABLE "plenary_workplaces" (
	"session" text COLLATE "C" NOT NULL,
	"workplace" text COLLATE "C" NOT NULL,
	CONSTRAINT "plenary_workplaces_session_workplace_pk" PRIMARY KEY("session","workplace")
);
--> statement-breakpoint
CREATE TABLE "content_versions" (
	"hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"event" text COLLATE "C" NOT NULL,
	"subscriber" text COLLATE "C" NOT NULL,
	"payload" json NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"attempts" integer NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"leased_by" text COLLATE "C",
	"finished_on" text COLLATE "C",
	"fault" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "absences" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"from_day" text COLLATE "C" NOT NULL,
	"until_day" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "calendar_feeds" (
	"token_hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"workplace" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"workplace" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"import" text COLLATE "C" NOT NULL,
	"position" integer NOT NULL,
	"line" integer NOT NULL,
	"outcome" text COLLATE "C" NOT NULL,
	"change" json NOT NULL,
	"before" json,
	CONSTRAINT "import_rows_import_position_pk" PRIMARY KEY("import","position")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organisation" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"counts" json NOT NULL,
	"made_by" text COLLATE "C",
	"made_at" timestamp (3) with time zone NOT NULL,
	"applied_at" timestamp (3) with time zone,
	"undone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"workplace" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	CONSTRAINT "memberships_workplace_person_pk" PRIMARY KEY("workplace","person")
);
--> statement-breakpoint
CREATE TABLE "plan_entries" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"workplace" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C",
	"owner" text COLLATE "C",
	"on_day" text COLLATE "C" NOT NULL,
	"series" text COLLATE "C",
	"done_on" text COLLATE "C",
	"removed_on" text COLLATE "C",
	"revision" integer NOT NULL,
	"made_by" text COLLATE "C",
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "task_answers" (
	"workplace" text COLLATE "C" NOT NULL,
	"course" text COLLATE "C" NOT NULL,
	"task" text COLLATE "C" NOT NULL,
	"revision" integer NOT NULL,
	"answers" json NOT NULL,
	"written_by" text COLLATE "C",
	"written_on" text COLLATE "C" NOT NULL,
	CONSTRAINT "task_answers_workplace_course_task_revision_pk" PRIMARY KEY("workplace","course","task","revision")
);
--> statement-breakpoint
CREATE TABLE "view_policies" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organisation" text COLLATE "C" NOT NULL,
	"shows" text COLLATE "C" NOT NULL,
	"announced_on" text COLLATE "C" NOT NULL,
	"effective_on" text COLLATE "C" NOT NULL,
	"decided_by" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "workplace_reach" (
	"above" text COLLATE "C" NOT NULL,
	"below" text COLLATE "C" NOT NULL,
	CONSTRAINT "workplace_reach_above_below_pk" PRIMARY KEY("above","below")
);
--> statement-breakpoint
CREATE TABLE "workplaces" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organisation" text COLLATE "C" NOT NULL,
	"parent" text COLLATE "C",
	"name" text COLLATE "C" NOT NULL,
	"setting" text COLLATE "C",
	"external_id" text COLLATE "C",
	"closed_on" text COLLATE "C"
);
--> statement-breakpoint
ALTER TABLE "draft_comments" ADD CONSTRAINT "draft_comments_draft_drafts_id_fk" FOREIGN KEY ("draft") REFERENCES "public"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_comments" ADD CONSTRAINT "draft_comments_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_comments" ADD CONSTRAINT "draft_comments_resolved_by_people_id_fk" FOREIGN KEY ("resolved_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_documents" ADD CONSTRAINT "draft_documents_draft_drafts_id_fk" FOREIGN KEY ("draft") REFERENCES "public"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_links" ADD CONSTRAINT "draft_links_draft_drafts_id_fk" FOREIGN KEY ("draft") REFERENCES "public"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_links" ADD CONSTRAINT "draft_links_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_mentions" ADD CONSTRAINT "draft_mentions_comment_draft_comments_id_fk" FOREIGN KEY ("comment") REFERENCES "public"."draft_comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_mentions" ADD CONSTRAINT "draft_mentions_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_people" ADD CONSTRAINT "draft_people_draft_drafts_id_fk" FOREIGN KEY ("draft") REFERENCES "public"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_people" ADD CONSTRAINT "draft_people_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_updates" ADD CONSTRAINT "draft_updates_draft_drafts_id_fk" FOREIGN KEY ("draft") REFERENCES "public"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_updates" ADD CONSTRAINT "draft_updates_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "published_approvals" ADD CONSTRAINT "published_approvals_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "published_authors" ADD CONSTRAINT "published_authors_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "published_scenarios" ADD CONSTRAINT "published_scenarios_draft_drafts_id_fk" FOREIGN KEY ("draft") REFERENCES "public"."drafts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "published_scenarios" ADD CONSTRAINT "published_scenarios_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_events" ADD CONSTRAINT "review_events_review_reviews_id_fk" FOREIGN KEY ("review") REFERENCES "public"."reviews"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_events" ADD CONSTRAINT "review_events_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviewer_grants" ADD CONSTRAINT "reviewer_grants_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviewer_grants" ADD CONSTRAINT "reviewer_grants_offered_by_people_id_fk" FOREIGN KEY ("offered_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_draft_drafts_id_fk" FOREIGN KEY ("draft") REFERENCES "public"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_last_author_people_id_fk" FOREIGN KEY ("last_author") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_sent_by_people_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_rules" ADD CONSTRAINT "assignment_rules_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_rules" ADD CONSTRAINT "assignment_rules_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_rules" ADD CONSTRAINT "assignment_rules_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_rule_assignment_rules_id_fk" FOREIGN KEY ("rule") REFERENCES "public"."assignment_rules"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "counted" ADD CONSTRAINT "counted_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "counted" ADD CONSTRAINT "counted_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_completions" ADD CONSTRAINT "course_completions_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credits" ADD CONSTRAINT "credits_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credits" ADD CONSTRAINT "credits_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "headcounts" ADD CONSTRAINT "headcounts_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "module_completions" ADD CONSTRAINT "module_completions_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "published" ADD CONSTRAINT "published_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "published_groups" ADD CONSTRAINT "published_groups_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "published_people" ADD CONSTRAINT "published_people_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standings" ADD CONSTRAINT "standings_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tallies" ADD CONSTRAINT "tallies_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tally_months" ADD CONSTRAINT "tally_months_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unrecorded" ADD CONSTRAINT "unrecorded_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entry_tokens" ADD CONSTRAINT "entry_tokens_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entry_tokens" ADD CONSTRAINT "entry_tokens_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passwords" ADD CONSTRAINT "passwords_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder_stops" ADD CONSTRAINT "reminder_stops_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_session_plenary_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."plenary_sessions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance_codes" ADD CONSTRAINT "attendance_codes_session_plenary_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."plenary_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance_codes" ADD CONSTRAINT "attendance_codes_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendances" ADD CONSTRAINT "attendances_session_plenary_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."plenary_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendances" ADD CONSTRAINT "attendances_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "house_contacts" ADD CONSTRAINT "house_contacts_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plenary_backings" ADD CONSTRAINT "plenary_backings_session_plenary_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."plenary_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plenary_events" ADD CONSTRAINT "plenary_events_session_plenary_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."plenary_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plenary_helpers" ADD CONSTRAINT "plenary_helpers_session_plenary_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."plenary_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plenary_helpers" ADD CONSTRAINT "plenary_helpers_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plenary_invitations" ADD CONSTRAINT "plenary_invitations_session_plenary_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."plenary_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plenary_invitations" ADD CONSTRAINT "plenary_invitations_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plenary_seats" ADD CONSTRAINT "plenary_seats_session_plenary_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."plenary_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plenary_sessions" ADD CONSTRAINT "plenary_sessions_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plenary_sessions" ADD CONSTRAINT "plenary_sessions_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plenary_sessions" ADD CONSTRAINT "plenary_sessions_facilitator_people_id_fk" FOREIGN KEY ("facilitator") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plenary_suggestions" ADD CONSTRAINT "plenary_suggestions_session_plenary_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."plenary_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plenary_votes" ADD CONSTRAINT "plenary_votes_session_plenary_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."plenary_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plenary_workplaces" ADD CONSTRAINT "plenary_workplaces_session_plenary_sessions_id_fk" FOREIGN KEY ("session") REFERENCES "public"."plenary_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plenary_workplaces" ADD CONSTRAINT "plenary_workplaces_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_imports_id_fk" FOREIGN KEY ("import") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_entries" ADD CONSTRAINT "plan_entries_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_entries" ADD CONSTRAINT "plan_entries_owner_people_id_fk" FOREIGN KEY ("owner") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_entries" ADD CONSTRAINT "plan_entries_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_answers" ADD CONSTRAINT "task_answers_workplace_workplaces_id_fk" FOREIGN KEY ("workplace") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_answers" ADD CONSTRAINT "task_answers_written_by_people_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "view_policies" ADD CONSTRAINT "view_policies_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "view_policies" ADD CONSTRAINT "view_policies_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workplace_reach" ADD CONSTRAINT "workplace_reach_above_workplaces_id_fk" FOREIGN KEY ("above") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workplace_reach" ADD CONSTRAINT "workplace_reach_below_workplaces_id_fk" FOREIGN KEY ("below") REFERENCES "public"."workplaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workplaces" ADD CONSTRAINT "workplaces_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_organisation" ON "audit" USING btree ("organisation","at");--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("subject","at");--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit" USING btree ("actor","at");--> statement-breakpoint
CREATE INDEX "draft_comments_draft" ON "draft_comments" USING btree ("draft","at");--> statement-breakpoint
CREATE INDEX "draft_comments_by" ON "draft_comments" USING btree ("by");--> statement-breakpoint
CREATE INDEX "draft_comments_resolved_by" ON "draft_comments" USING btree ("resolved_by");--> statement-breakpoint
CREATE INDEX "draft_links_draft" ON "draft_links" USING btree ("draft");--> statement-breakpoint
CREATE INDEX "draft_links_made_by" ON "draft_links" USING btree ("made_by");--> statement-breakpoint
CREATE INDEX "draft_mentions_person" ON "draft_mentions" USING btree ("person","seen_at");--> statement-breakpoint
CREATE INDEX "draft_people_person" ON "draft_people" USING btree ("person","draft");--> statement-breakpoint
CREATE UNIQUE INDEX "draft_updates_id" ON "draft_updates" USING btree ("draft","id");--> statement-breakpoint
CREATE INDEX "draft_updates_by" ON "draft_updates" USING btree ("by");--> statement-breakpoint
CREATE INDEX "drafts_organisation" ON "drafts" USING btree ("organisation","changed_at");--> statement-breakpoint
CREATE INDEX "published_approvals_person" ON "published_approvals" USING btree ("person");--> statement-breakpoint
CREATE INDEX "published_authors_person" ON "published_authors" USING btree ("person");--> statement-breakpoint
CREATE INDEX "published_scenarios_hash" ON "published_scenarios" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "published_scenarios_organisation" ON "published_scenarios" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "published_scenarios_draft" ON "published_scenarios" USING btree ("draft");--> statement-breakpoint
CREATE INDEX "review_events_by" ON "review_events" USING btree ("by");--> statement-breakpoint
CREATE INDEX "reviewer_grants_offered_by" ON "reviewer_grants" USING btree ("offered_by");--> statement-breakpoint
CREATE INDEX "reviews_draft" ON "reviews" USING btree ("draft","sent_at");--> statement-breakpoint
CREATE INDEX "reviews_sent_by" ON "reviews" USING btree ("sent_by");--> statement-breakpoint
CREATE INDEX "reviews_last_author" ON "reviews" USING btree ("last_author");--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_code" ON "certificates" USING btree ("code");--> statement-breakpoint
CREATE INDEX "certificates_person" ON "certificates" USING btree ("person","course","cycle");--> statement-breakpoint
CREATE INDEX "assignment_rules_workplace" ON "assignment_rules" USING btree ("workplace");--> statement-breakpoint
CREATE INDEX "assignment_rules_made_by" ON "assignment_rules" USING btree ("made_by");--> statement-breakpoint
CREATE INDEX "assignment_rules_organisation" ON "assignment_rules" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "assignments_rule" ON "assignments" USING btree ("rule");--> statement-breakpoint
CREATE INDEX "assignments_person" ON "assignments" USING btree ("person","course","cycle");--> statement-breakpoint
CREATE INDEX "counted_workplace" ON "counted" USING btree ("workplace","role");--> statement-breakpoint
CREATE INDEX "course_completions_course" ON "course_completions" USING btree ("course","day");--> statement-breakpoint
CREATE INDEX "credits_made_by" ON "credits" USING btree ("made_by");--> statement-breakpoint
CREATE INDEX "credits_person" ON "credits" USING btree ("person");--> statement-breakpoint
CREATE INDEX "published_groups_organisation" ON "published_groups" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "published_people_person" ON "published_people" USING btree ("person");--> statement-breakpoint
CREATE INDEX "snapshots_made_by" ON "snapshots" USING btree ("made_by");--> statement-breakpoint
CREATE INDEX "snapshots_workplace" ON "snapshots" USING btree ("workplace","made_on");--> statement-breakpoint
CREATE INDEX "standings_next" ON "standings" USING btree ("next_on");--> statement-breakpoint
CREATE INDEX "standings_due" ON "standings" USING btree ("due_on");--> statement-breakpoint
CREATE INDEX "waivers_made_by" ON "waivers" USING btree ("made_by");--> statement-breakpoint
CREATE INDEX "waivers_person" ON "waivers" USING btree ("person");--> statement-breakpoint
CREATE INDEX "entry_tokens_made_by" ON "entry_tokens" USING btree ("made_by");--> statement-breakpoint
CREATE UNIQUE INDEX "entry_tokens_token" ON "entry_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "entry_tokens_code" ON "entry_tokens" USING btree ("code_hash");--> statement-breakpoint
CREATE INDEX "entry_tokens_person" ON "entry_tokens" USING btree ("person");--> statement-breakpoint
CREATE UNIQUE INDEX "people_email" ON "people" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "people_username" ON "people" USING btree ("username");--> statement-breakpoint
CREATE UNIQUE INDEX "people_employee" ON "people" USING btree ("organisation","employee_id");--> statement-breakpoint
CREATE INDEX "sessions_person" ON "sessions" USING btree ("person");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_handle" ON "sessions" USING btree ("handle");--> statement-breakpoint
CREATE INDEX "reminders_made_by" ON "reminders" USING btree ("made_by");--> statement-breakpoint
CREATE UNIQUE INDEX "reminders_once" ON "reminders" USING btree ("occasion");--> statement-breakpoint
CREATE UNIQUE INDEX "reminders_stop" ON "reminders" USING btree ("stop_hash");--> statement-breakpoint
CREATE INDEX "reminders_person" ON "reminders" USING btree ("person","made_at");--> statement-breakpoint
CREATE INDEX "reminders_waiting" ON "reminders" USING btree ("outcome","due_at");--> statement-breakpoint
CREATE INDEX "reminders_workplace" ON "reminders" USING btree ("workplace","made_at");--> statement-breakpoint
CREATE INDEX "agreements_workplace" ON "agreements" USING btree ("workplace","position");--> statement-breakpoint
CREATE INDEX "agreements_session" ON "agreements" USING btree ("session");--> statement-breakpoint
CREATE INDEX "attendance_codes_person" ON "attendance_codes" USING btree ("person");--> statement-breakpoint
CREATE UNIQUE INDEX "attendance_codes_hash" ON "attendance_codes" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "attendances_person" ON "attendances" USING btree ("person");--> statement-breakpoint
CREATE INDEX "house_contacts_workplace" ON "house_contacts" USING btree ("workplace","position");--> statement-breakpoint
CREATE INDEX "plenary_helpers_person" ON "plenary_helpers" USING btree ("person");--> statement-breakpoint
CREATE INDEX "plenary_invitations_person" ON "plenary_invitations" USING btree ("person");--> statement-breakpoint
CREATE INDEX "plenary_sessions_workplace" ON "plenary_sessions" USING btree ("workplace","starts_at");--> statement-breakpoint
CREATE UNIQUE INDEX "plenary_sessions_code" ON "plenary_sessions" USING btree ("code");--> statement-breakpoint
CREATE INDEX "plenary_sessions_facilitator" ON "plenary_sessions" USING btree ("facilitator");--> statement-breakpoint
CREATE INDEX "plenary_sessions_organisation" ON "plenary_sessions" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "plenary_workplaces_workplace" ON "plenary_workplaces" USING btree ("workplace");--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "absences_person" ON "absences" USING btree ("person");--> statement-breakpoint
CREATE INDEX "calendar_feeds_person" ON "calendar_feeds" USING btree ("person");--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feeds_once" ON "calendar_feeds" USING btree ("workplace","person");--> statement-breakpoint
CREATE INDEX "grants_workplace" ON "grants" USING btree ("workplace");--> statement-breakpoint
CREATE UNIQUE INDEX "grants_once" ON "grants" USING btree ("person","role","workplace");--> statement-breakpoint
CREATE INDEX "import_rows_outcome" ON "import_rows" USING btree ("import","outcome","position");--> statement-breakpoint
CREATE INDEX "imports_made_by" ON "imports" USING btree ("made_by");--> statement-breakpoint
CREATE INDEX "imports_organisation" ON "imports" USING btree ("organisation","made_at");--> statement-breakpoint
CREATE INDEX "memberships_person" ON "memberships" USING btree ("person");--> statement-breakpoint
CREATE INDEX "plan_entries_owner" ON "plan_entries" USING btree ("owner");--> statement-breakpoint
CREATE INDEX "plan_entries_made_by" ON "plan_entries" USING btree ("made_by");--> statement-breakpoint
CREATE INDEX "plan_entries_workplace" ON "plan_entries" USING btree ("workplace","on_day");--> statement-breakpoint
CREATE INDEX "task_answers_written_by" ON "task_answers" USING btree ("written_by");--> statement-breakpoint
CREATE INDEX "view_policies_decided_by" ON "view_policies" USING btree ("decided_by");--> statement-breakpoint
CREATE INDEX "view_policies_organisation" ON "view_policies" USING btree ("organisation","effective_on");--> statement-breakpoint
CREATE INDEX "workplace_reach_below" ON "workplace_reach" USING btree ("below");--> statement-breakpoint
CREATE UNIQUE INDEX "workplaces_external" ON "workplaces" USING btree ("organisation","external_id");--> statement-breakpoint
CREATE INDEX "workplaces_parent" ON "workplaces" USING btree ("parent");