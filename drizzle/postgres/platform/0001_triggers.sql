-- The same as drizzle/sqlite/platform has in 0002 and 0004, in this engine's words.
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	RAISE EXCEPTION USING MESSAGE = TG_ARGV[0];
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
FOR EACH ROW EXECUTE FUNCTION refuse('the audit log is only added to');
--> statement-breakpoint
CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF NOT EXISTS (SELECT 1 FROM audit_months WHERE month = OLD.month) THEN
		RAISE EXCEPTION 'the audit log goes by whole months';
	END IF;
	RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_kept BEFORE DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION keep_audit();
--> statement-breakpoint
CREATE FUNCTION mark_new_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	INSERT INTO stale_standings (person) VALUES (NEW.person) ON CONFLICT DO NOTHING;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION mark_old_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	INSERT INTO stale_standings (person) VALUES (OLD.person) ON CONFLICT DO NOTHING;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER memberships_added AFTER INSERT ON memberships
FOR EACH ROW EXECUTE FUNCTION mark_new_person();
--> statement-breakpoint
CREATE TRIGGER memberships_removed AFTER DELETE ON memberships
FOR EACH ROW EXECUTE FUNCTION mark_old_person();
--> statement-breakpoint
CREATE TRIGGER grants_added AFTER INSERT ON grants
FOR EACH ROW EXECUTE FUNCTION mark_new_person();
--> statement-breakpoint
CREATE TRIGGER grants_removed AFTER DELETE ON grants
FOR EACH ROW EXECUTE FUNCTION mark_old_person();
--> statement-breakpoint
CREATE TRIGGER absences_added AFTER INSERT ON absences
FOR EACH ROW EXECUTE FUNCTION mark_new_person();
--> statement-breakpoint
CREATE TRIGGER absences_changed AFTER UPDATE ON absences
FOR EACH ROW EXECUTE FUNCTION mark_new_person();
--> statement-breakpoint
CREATE TRIGGER absences_removed AFTER DELETE ON absences
FOR EACH ROW EXECUTE FUNCTION mark_old_person();
--> statement-breakpoint
CREATE TRIGGER waivers_added AFTER INSERT ON waivers
FOR EACH ROW EXECUTE FUNCTION mark_new_person();
--> statement-breakpoint
CREATE TRIGGER waivers_changed AFTER UPDATE ON waivers
FOR EACH ROW EXECUTE FUNCTION mark_new_person();
--> statement-breakpoint
CREATE TRIGGER waivers_removed AFTER DELETE ON waivers
FOR EACH ROW EXECUTE FUNCTION mark_old_person();
--> statement-breakpoint
CREATE TRIGGER module_completions_added AFTER INSERT ON module_completions
FOR EACH ROW EXECUTE FUNCTION mark_new_person();
--> statement-breakpoint
CREATE TRIGGER module_completions_removed AFTER DELETE ON module_completions
FOR EACH ROW EXECUTE FUNCTION mark_old_person();
--> statement-breakpoint
CREATE TRIGGER course_completions_added AFTER INSERT ON course_completions
FOR EACH ROW EXECUTE FUNCTION mark_new_person();
--> statement-breakpoint
CREATE TRIGGER course_completions_removed AFTER DELETE ON course_completions
FOR EACH ROW EXECUTE FUNCTION mark_old_person();
--> statement-breakpoint
CREATE FUNCTION mark_closed_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	INSERT INTO stale_standings (person) VALUES (NEW.id) ON CONFLICT DO NOTHING;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER people_closed AFTER UPDATE OF closed_on ON people
FOR EACH ROW EXECUTE FUNCTION mark_closed_person();
--> statement-breakpoint
CREATE FUNCTION mark_ruled_people() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	INSERT INTO stale_standings (person)
	SELECT memberships.person FROM workplace_reach
	JOIN memberships ON memberships.workplace = workplace_reach.below
	WHERE workplace_reach.above = NEW.workplace
	UNION
	SELECT grants.person FROM workplace_reach
	JOIN grants ON grants.workplace = workplace_reach.below
	WHERE workplace_reach.above = NEW.workplace
	ON CONFLICT DO NOTHING;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER assignment_rules_added AFTER INSERT ON assignment_rules
FOR EACH ROW EXECUTE FUNCTION mark_ruled_people();
--> statement-breakpoint
CREATE TRIGGER assignment_rules_changed AFTER UPDATE ON assignment_rules
FOR EACH ROW EXECUTE FUNCTION mark_ruled_people();
--> statement-breakpoint
CREATE FUNCTION mark_new_reach() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	INSERT INTO stale_tallies (workplace) VALUES (NEW.above) ON CONFLICT DO NOTHING;
	INSERT INTO stale_standings (person)
	SELECT person FROM memberships WHERE workplace = NEW.below
	UNION
	SELECT person FROM grants WHERE workplace = NEW.below
	ON CONFLICT DO NOTHING;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION mark_old_reach() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	INSERT INTO stale_tallies (workplace) VALUES (OLD.above) ON CONFLICT DO NOTHING;
	INSERT INTO stale_standings (person)
	SELECT person FROM memberships WHERE workplace = OLD.below
	UNION
	SELECT person FROM grants WHERE workplace = OLD.below
	ON CONFLICT DO NOTHING;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER workplace_reach_added AFTER INSERT ON workplace_reach
FOR EACH ROW EXECUTE FUNCTION mark_new_reach();
--> statement-breakpoint
CREATE TRIGGER workplace_reach_removed AFTER DELETE ON workplace_reach
FOR EACH ROW EXECUTE FUNCTION mark_old_reach();
--> statement-breakpoint
CREATE FUNCTION mark_left_tallies() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	INSERT INTO stale_tallies (workplace)
	SELECT DISTINCT workplace_reach.above FROM counted
	JOIN workplace_reach ON workplace_reach.below = counted.workplace
	WHERE counted.person = OLD.id
	ON CONFLICT DO NOTHING;
	RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER people_deleted BEFORE DELETE ON people
FOR EACH ROW EXECUTE FUNCTION mark_left_tallies();
--> statement-breakpoint
CREATE TRIGGER snapshots_unchanged BEFORE UPDATE OF workplace, made_on, body ON snapshots
FOR EACH ROW EXECUTE FUNCTION refuse('a snapshot is never changed');
--> statement-breakpoint
CREATE FUNCTION mark_new_address() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	NEW.has_new_address := true;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER people_address_changed BEFORE UPDATE OF email ON people
FOR EACH ROW WHEN (NEW.email IS NOT NULL AND NEW.email IS DISTINCT FROM OLD.email) EXECUTE FUNCTION mark_new_address();
