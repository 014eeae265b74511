-- What a person's standing follows from marks them as stale, so that no change can be forgotten:
-- `settle.server.ts` works off what is marked.
CREATE TRIGGER `memberships_added` AFTER INSERT ON `memberships` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`) VALUES (NEW.`person`);
END;--> statement-breakpoint
CREATE TRIGGER `memberships_removed` AFTER DELETE ON `memberships` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`) VALUES (OLD.`person`);
END;--> statement-breakpoint
CREATE TRIGGER `grants_added` AFTER INSERT ON `grants` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`) VALUES (NEW.`person`);
END;--> statement-breakpoint
CREATE TRIGGER `grants_removed` AFTER DELETE ON `grants` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`) VALUES (OLD.`person`);
END;--> statement-breakpoint
CREATE TRIGGER `absences_added` AFTER INSERT ON `absences` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`) VALUES (NEW.`person`);
END;--> statement-breakpoint
CREATE TRIGGER `absences_changed` AFTER UPDATE ON `absences` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`) VALUES (NEW.`person`);
END;--> statement-breakpoint
CREATE TRIGGER `absences_removed` AFTER DELETE ON `absences` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`) VALUES (OLD.`person`);
END;--> statement-breakpoint
CREATE TRIGGER `waivers_added` AFTER INSERT ON `waivers` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`) VALUES (NEW.`person`);
END;--> statement-breakpoint
CREATE TRIGGER `waivers_changed` AFTER UPDATE ON `waivers` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`) VALUES (NEW.`person`);
END;--> statement-breakpoint
CREATE TRIGGER `waivers_removed` AFTER DELETE ON `waivers` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`) VALUES (OLD.`person`);
END;--> statement-breakpoint
CREATE TRIGGER `module_completions_added` AFTER INSERT ON `module_completions` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`) VALUES (NEW.`person`);
END;--> statement-breakpoint
CREATE TRIGGER `module_completions_removed` AFTER DELETE ON `module_completions` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`) VALUES (OLD.`person`);
END;--> statement-breakpoint
CREATE TRIGGER `course_completions_added` AFTER INSERT ON `course_completions` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`) VALUES (NEW.`person`);
END;--> statement-breakpoint
CREATE TRIGGER `course_completions_removed` AFTER DELETE ON `course_completions` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`) VALUES (OLD.`person`);
END;--> statement-breakpoint
CREATE TRIGGER `people_closed` AFTER UPDATE OF `closed_on` ON `people` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`) VALUES (NEW.`id`);
END;--> statement-breakpoint
CREATE TRIGGER `assignment_rules_added` AFTER INSERT ON `assignment_rules` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`)
	SELECT DISTINCT `memberships`.`person` FROM `workplace_reach`
	JOIN `memberships` ON `memberships`.`workplace` = `workplace_reach`.`below`
	WHERE `workplace_reach`.`above` = NEW.`workplace`;
	INSERT OR IGNORE INTO `stale_standings` (`person`)
	SELECT DISTINCT `grants`.`person` FROM `workplace_reach`
	JOIN `grants` ON `grants`.`workplace` = `workplace_reach`.`below`
	WHERE `workplace_reach`.`above` = NEW.`workplace`;
END;--> statement-breakpoint
CREATE TRIGGER `assignment_rules_changed` AFTER UPDATE ON `assignment_rules` BEGIN
	INSERT OR IGNORE INTO `stale_standings` (`person`)
	SELECT DISTINCT `memberships`.`person` FROM `workplace_reach`
	JOIN `memberships` ON `memberships`.`workplace` = `workplace_reach`.`below`
	WHERE `workplace_reach`.`above` = NEW.`workplace`;
	INSERT OR IGNORE INTO `stale_standings` (`person`)
	SELECT DISTINCT `grants`.`person` FROM `workplace_reach`
	JOIN `grants` ON `grants`.`workplace` = `workplace_reach`.`below`
	WHERE `workplace_reach`.`above` = NEW.`workplace`;
END;--> statement-breakpoint
CREATE TRIGGER `workplace_reach_added` AFTER INSERT ON `workplace_reach` BEGIN
	INSERT OR IGNORE INTO `stale_tallies` (`workplace`) VALUES (NEW.`above`);
	INSERT OR IGNORE INTO `stale_standings` (`person`)
	SELECT `person` FROM `memberships` WHERE `workplace` = NEW.`below`;
	INSERT OR IGNORE INTO `stale_standings` (`person`)
	SELECT `person` FROM `grants` WHERE `workplace` = NEW.`below`;
END;--> statement-breakpoint
CREATE TRIGGER `workplace_reach_removed` AFTER DELETE ON `workplace_reach` BEGIN
	INSERT OR IGNORE INTO `stale_tallies` (`workplace`) VALUES (OLD.`above`);
	INSERT OR IGNORE INTO `stale_standings` (`person`)
	SELECT `person` FROM `memberships` WHERE `workplace` = OLD.`below`;
	INSERT OR IGNORE INTO `stale_standings` (`person`)
	SELECT `person` FROM `grants` WHERE `workplace` = OLD.`below`;
END;--> statement-breakpoint
CREATE TRIGGER `people_deleted` BEFORE DELETE ON `people` BEGIN
	INSERT OR IGNORE INTO `stale_tallies` (`workplace`)
	SELECT `workplace_reach`.`above` FROM `counted`
	JOIN `workplace_reach` ON `workplace_reach`.`below` = `counted`.`workplace`
	WHERE `counted`.`person` = OLD.`id`;
END;--> statement-breakpoint
CREATE TRIGGER `snapshots_unchanged` BEFORE UPDATE OF `workplace`, `made_on`, `body` ON `snapshots` BEGIN
	SELECT RAISE(ABORT, 'a snapshot is never changed');
END;--> statement-breakpoint
INSERT OR IGNORE INTO `stale_standings` (`person`) SELECT DISTINCT `person` FROM `memberships`;
--> statement-breakpoint
CREATE TRIGGER `people_address_changed` AFTER UPDATE OF `email` ON `people`
WHEN NEW.`email` IS NOT NULL AND NEW.`email` IS NOT OLD.`email` BEGIN
	UPDATE `people` SET `has_new_address` = 1 WHERE `id` = NEW.`id`;
END;
