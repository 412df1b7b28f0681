-- spaces_with_cancelled(campus) -> space[]
SELECT * FROM space WHERE campus = :campus ORDER BY position, id;

-- space_new(campus, slug, name, capacity, position) -> space_id?
INSERT INTO space (campus, slug, name, capacity, position) VALUES (:campus, :slug, :name, :capacity, :position)
ON CONFLICT (campus, slug) DO NOTHING
RETURNING id;

-- space_describe(id space, campus, name, description, communal, capacity, area, entry, contact, checklist, version) -> changed
UPDATE space
   SET name = :name, description = :description, communal = :communal, capacity = :capacity, area = :area,
       entry = :entry, contact = :contact, checklist = :checklist, version = version + 1
 WHERE id = :id AND campus = :campus AND version = :version;

-- space_set_terms(id space, campus, before_minutes, after_minutes, shortest, longest, step, ahead_days, drop_in_from, drop_in_to, confirm_hours, claim_minutes, needs_agreement, adult_for, version) -> changed
UPDATE space
   SET before_minutes = :before_minutes, after_minutes = :after_minutes, shortest = :shortest, longest = :longest,
       step = :step, ahead_days = :ahead_days, drop_in_from = :drop_in_from, drop_in_to = :drop_in_to,
       confirm_hours = :confirm_hours, claim_minutes = :claim_minutes, needs_agreement = :needs_agreement,
       adult_for = :adult_for, version = version + 1
 WHERE id = :id AND campus = :campus AND version = :version;

-- space_set_days_off(id space, campus, open_holidays, open_breaks, version) -> changed
UPDATE space SET open_holidays = :open_holidays, open_breaks = :open_breaks, version = version + 1
 WHERE id = :id AND campus = :campus AND version = :version;

-- space_set_picture(id space, campus, picture picture?, picture_alt, version) -> changed
UPDATE space SET picture = :picture, picture_alt = :picture_alt, version = version + 1
 WHERE id = :id AND campus = :campus AND version = :version;

-- space_pictures(picture) -> INT
-- How many spaces show it, those out of use too.
SELECT count(*) AS "n INT" FROM space WHERE picture = :picture;

-- space_set_cancelled(id space, campus, cancelled_at INSTANT?, version) -> changed
UPDATE space SET cancelled_at = :cancelled_at, version = version + 1
 WHERE id = :id AND campus = :campus AND version = :version;

-- space_touch(id space, campus, version) -> changed
-- Before something that belongs to the space is changed: who has seen an older one is told.
UPDATE space SET version = version + 1 WHERE id = :id AND campus = :campus AND version = :version;

-- space_feature_drop(space, feature) -> changed
DELETE FROM space_feature WHERE space = :space AND feature = :feature;

-- space_access_drop(space, fact) -> changed
DELETE FROM space_access WHERE space = :space AND fact = :fact;

-- --- hours ---

-- space_hours_set(id space_hours, space, days, opens, closes, staffed, starts, ends) -> changed
UPDATE space_hours
   SET days = :days, opens = :opens, closes = :closes, staffed = :staffed, starts = :starts, ends = :ends
 WHERE id = :id AND space = :space;

-- space_hours_drop(id space_hours, space) -> changed
DELETE FROM space_hours WHERE id = :id AND space = :space;

-- space_exception_drop(id space_exception, space) -> changed
DELETE FROM space_exception WHERE id = :id AND space = :space;

-- --- rules ---

-- space_rule_put(space, who, approval, week_minutes, quota_minutes) -> changed
-- Of a kind of people.
INSERT INTO space_rule (space, who, approval, week_minutes, quota_minutes)
VALUES (:space, :who, :approval, :week_minutes, :quota_minutes)
ON CONFLICT (space, who) WHERE organisation IS NULL DO UPDATE
   SET approval = :approval, week_minutes = :week_minutes, quota_minutes = :quota_minutes;

-- space_rule_put_for(space, organisation, approval, week_minutes, quota_minutes) -> changed
-- Of one organisation.
INSERT INTO space_rule (space, who, organisation, approval, week_minutes, quota_minutes)
VALUES (:space, 'partner', :organisation, :approval, :week_minutes, :quota_minutes)
ON CONFLICT (space, who, organisation) DO UPDATE
   SET approval = :approval, week_minutes = :week_minutes, quota_minutes = :quota_minutes;

-- space_rule_drop(id space_rule, space) -> changed
DELETE FROM space_rule WHERE id = :id AND space = :space;

-- space_priority_add(space, who, days, opens, closes, until_days) -> space_priority_id
INSERT INTO space_priority (space, who, days, opens, closes, until_days)
VALUES (:space, :who, :days, :opens, :closes, :until_days)
RETURNING id;

-- space_priority_drop(id space_priority, space) -> changed
DELETE FROM space_priority WHERE id = :id AND space = :space;

-- --- bookings that lie outside ---

-- space_bookings_outside(space, now INSTANT) -> space_booking[]
-- Those ahead of which nobody has said yet what becomes of them.
SELECT * FROM space_booking WHERE space = :space AND state = 'booked' AND outside_since IS NOT NULL AND ends > :now
 ORDER BY starts, id;

-- space_outside_counts(now INSTANT) -> space_outside_count[]
SELECT space, count(*) AS "n INT" FROM space_booking
 WHERE state = 'booked' AND outside_since IS NOT NULL AND ends > :now
 GROUP BY space ORDER BY space;

-- space_booking_set_outside(id space_booking, outside_since INSTANT?) -> changed
UPDATE space_booking SET outside_since = :outside_since WHERE id = :id AND state = 'booked';
