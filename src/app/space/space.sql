-- --- spaces ---

-- spaces_of(campus) -> space[]
SELECT * FROM space WHERE campus = :campus AND cancelled_at IS NULL ORDER BY position, id;

-- spaces_everywhere() -> space[]
SELECT * FROM space WHERE cancelled_at IS NULL ORDER BY campus, position, id;

-- space_by_slug(campus, slug) -> space?
SELECT * FROM space WHERE campus = :campus AND slug = :slug;

-- space_by_id(id space) -> space?
SELECT * FROM space WHERE id = :id;

-- space_add(campus, slug, name, description, communal, capacity, area, position) -> space_id
INSERT INTO space (campus, slug, name, description, communal, capacity, area, position)
VALUES (:campus, :slug, :name, :description, :communal, :capacity, :area, :position)
ON CONFLICT (campus, slug) DO UPDATE SET name = :name, description = :description, communal = :communal,
  capacity = :capacity, area = :area, version = space.version + 1
RETURNING id;

-- space_features_of(space) -> space_feature[]
SELECT * FROM space_feature WHERE space = :space ORDER BY id;

-- space_features_in([spaces] space) -> space_feature[]
SELECT * FROM space_feature WHERE space IN [:spaces] ORDER BY space, id;

-- space_feature_add(space, feature) -> changed
INSERT INTO space_feature (space, feature) VALUES (:space, :feature) ON CONFLICT (space, feature) DO NOTHING;

-- space_access_of(space) -> space_access[]
SELECT * FROM space_access WHERE space = :space ORDER BY id;

-- space_access_put(space, fact, holds) -> changed
INSERT INTO space_access (space, fact, holds) VALUES (:space, :fact, :holds)
ON CONFLICT (space, fact) DO UPDATE SET holds = :holds;

-- --- when it is open ---

-- space_hours_of_space(space) -> space_hours[]
SELECT * FROM space_hours WHERE space = :space ORDER BY staffed, opens, id;

-- space_hours_in([spaces] space) -> space_hours[]
SELECT * FROM space_hours WHERE space IN [:spaces] ORDER BY space, staffed, opens, id;

-- space_hours_add(space, days, opens, closes, staffed, starts, ends) -> space_hours_id
INSERT INTO space_hours (space, days, opens, closes, staffed, starts, ends)
VALUES (:space, :days, :opens, :closes, :staffed, :starts, :ends)
RETURNING id;

-- space_exceptions_between(space, first DATE, last DATE) -> space_exception[]
SELECT * FROM space_exception WHERE space = :space AND ends >= :first AND starts <= :last ORDER BY starts, id;

-- space_exceptions_in([spaces] space, first DATE, last DATE) -> space_exception[]
SELECT * FROM space_exception WHERE space IN [:spaces] AND ends >= :first AND starts <= :last
 ORDER BY space, starts, id;

-- space_exception_add(space, starts, ends, opens, closes, reason) -> space_exception_id
INSERT INTO space_exception (space, starts, ends, opens, closes, reason)
VALUES (:space, :starts, :ends, :opens, :closes, :reason)
RETURNING id;

-- --- what holds for whom ---

-- space_rules_of(space) -> space_rule[]
SELECT * FROM space_rule WHERE space = :space ORDER BY who, organisation NULLS FIRST, id;

-- space_priorities_of(space) -> space_priority[]
SELECT * FROM space_priority WHERE space = :space ORDER BY opens, id;

-- --- bookings ---

-- space_bookings_between(space, after INSTANT, first INSTANT, last INSTANT) -> space_booking[]
-- Those that have the room at some time from first to last, which is not included. `after` bounds the search: no
-- booking is in the way for longer than from there to first.
SELECT * FROM space_booking
 WHERE space = :space AND state = 'booked'
   AND blocked_from > :after AND blocked_from < :last AND blocked_to > :first
 ORDER BY starts, id;

-- space_taken_in_space(space, after INSTANT, first INSTANT, last INSTANT) -> space_taken[]
-- What stands in a week's table and the like, with the name of whoever has the room: those that last into the time from
-- first to last. `after` bounds the search as above.
SELECT b.id, b.space, b.starts, b.ends, b.shared, b.title, b.language, b.people, b.public, b.booked_by, b.claimed_at,
       b.organisation, o.name AS "by TEXTS"
  FROM space_booking b LEFT JOIN organisation o ON o.id = b.organisation
 WHERE b.space = :space AND b.state = 'booked'
   AND b.blocked_from > :after AND b.blocked_from < :last AND b.starts < :last AND b.ends > :first
 ORDER BY b.space, b.starts, b.id;

-- space_taken_on_campus(campus, after INSTANT, first INSTANT, last INSTANT) -> space_taken[]
-- The same for all spaces of a campus.
SELECT b.id, b.space, b.starts, b.ends, b.shared, b.title, b.language, b.people, b.public, b.booked_by, b.claimed_at,
       b.organisation, o.name AS "by TEXTS"
  FROM space s JOIN space_booking b ON b.space = s.id LEFT JOIN organisation o ON o.id = b.organisation
 WHERE s.campus = :campus AND s.cancelled_at IS NULL AND b.state = 'booked'
   AND b.blocked_from > :after AND b.blocked_from < :last AND b.starts < :last AND b.ends > :first
 ORDER BY b.space, b.starts, b.id;

-- space_taken_everywhere(after INSTANT, first INSTANT, last INSTANT) -> space_taken[]
SELECT b.id, b.space, b.starts, b.ends, b.shared, b.title, b.language, b.people, b.public, b.booked_by, b.claimed_at,
       b.organisation, o.name AS "by TEXTS"
  FROM space_booking b LEFT JOIN organisation o ON o.id = b.organisation
 WHERE b.state = 'booked' AND b.starts > :after AND b.starts < :last AND b.ends > :first
 ORDER BY b.space, b.starts, b.id;

-- space_used_between(space, after INSTANT, first INSTANT, last INSTANT) -> space_used[]
-- How long and by whom, for the figure of its use.
SELECT b.starts, b.ends, b.who
  FROM space_booking b
 WHERE b.space = :space AND b.state = 'booked'
   AND b.blocked_from > :after AND b.blocked_from < :last AND b.starts < :last AND b.ends > :first
 ORDER BY b.starts, b.id;

-- space_busy_between(space, after INSTANT, first INSTANT, last INSTANT) -> space_busy[]
-- The same with only what decides whether a time can be had.
SELECT id, shared, starts, ends, blocked_from, blocked_to, people, public, title FROM space_booking
 WHERE space = :space AND state = 'booked'
   AND blocked_from > :after AND blocked_from < :last AND blocked_to > :first
 ORDER BY starts, id;

-- space_had_by_person(person, space, first INSTANT, last INSTANT) -> space_had[]
-- What a person has or asks for themselves, not for an organisation, that starts from first to last.
SELECT id, starts, ends FROM space_booking
 WHERE booked_by = :person AND space = :space AND organisation IS NULL AND state IN ('booked', 'requested')
   AND starts >= :first AND starts < :last
 ORDER BY starts, id;

-- space_had_by_organisation(organisation, space, first INSTANT, last INSTANT) -> space_had[]
SELECT id, starts, ends FROM space_booking
 WHERE organisation = :organisation AND space = :space AND state IN ('booked', 'requested')
   AND starts >= :first AND starts < :last
 ORDER BY starts, id;

-- space_bookings_ahead_of_person(person, after INSTANT, now INSTANT) -> space_booking[]
-- `after` bounds the search as above.
SELECT * FROM space_booking WHERE booked_by = :person AND starts > :after AND ends > :now ORDER BY starts, id;

-- space_bookings_ahead_of_organisation(organisation, after INSTANT, now INSTANT) -> space_booking[]
SELECT * FROM space_booking WHERE organisation = :organisation AND starts > :after AND ends > :now
 ORDER BY starts, id;

-- space_bookings_of_space_ahead(space, now INSTANT) -> space_booking[]
SELECT * FROM space_booking WHERE space = :space AND state IN ('booked', 'requested') AND blocked_from > :now
 ORDER BY starts, id;

-- space_bookings_of_series(series) -> space_booking[]
SELECT * FROM space_booking WHERE series = :series ORDER BY starts, id;

-- space_booking_by_id(id space_booking) -> space_booking?
SELECT * FROM space_booking WHERE id = :id;

-- space_booking_take(space, series, shared, starts, ends, blocked_from, blocked_to, title, language, audience space_booking_audience, group_code, people, public, minors, adult, who, organisation, booked_by, made_at, note, uid, capacity INT, draft INT, after INSTANT) -> space_booking_id?
-- Takes the room, unless somebody has it or holds it then. What takes part in the drop-in also fits only while there is
-- space for so many: at its own start, and at that of each which starts during it.
INSERT INTO space_booking (space, series, state, shared, starts, ends, blocked_from, blocked_to, title, language,
                           audience, group_code, people, public, minors, adult, who, organisation, booked_by,
                           made_at, changed_at, note, uid)
SELECT :space, :series, 'booked', :shared, :starts, :ends, :blocked_from, :blocked_to, :title, :language,
       :audience, :group_code, :people, :public, :minors, :adult, :who, :organisation, :booked_by,
       :made_at, :made_at, :note, :uid
 WHERE NOT EXISTS (
   SELECT 1 FROM space_booking b
    WHERE b.space = :space AND b.state = 'booked' AND NOT (b.shared AND :shared)
      AND b.blocked_from > :after AND b.blocked_from < :blocked_to AND b.blocked_to > :blocked_from)
   AND NOT EXISTS (
   SELECT 1 FROM space_draft d
    WHERE d.space = :space AND d.held_until > :made_at AND d.id <> :draft AND NOT (d.shared AND :shared)
      AND d.blocked_from < :blocked_to AND d.blocked_to > :blocked_from)
   AND :people <= :capacity
   AND NOT (:shared AND EXISTS (
   SELECT 1 FROM space_booking p
    WHERE p.space = :space AND p.state = 'booked' AND p.shared
      AND p.blocked_from > :after AND p.starts < :ends AND p.ends > :starts
      AND :people + (
        SELECT CAST(sum(q.people) AS BIGINT) FROM space_booking q
         WHERE q.space = :space AND q.state = 'booked' AND q.shared AND q.blocked_from > :after
           AND q.starts <= CASE WHEN p.starts > :starts THEN p.starts ELSE :starts END
           AND q.ends > CASE WHEN p.starts > :starts THEN p.starts ELSE :starts END) > :capacity))
RETURNING id;

-- space_booking_move(id space_booking, space, shared, starts, ends, blocked_from, blocked_to, now INSTANT, draft INT, after INSTANT, version) -> changed
-- Gives a booking another time or room, unless somebody has it then. A request that is moved to a free time is one no
-- longer.
UPDATE space_booking
   SET space = :space, shared = :shared, starts = :starts, ends = :ends, blocked_from = :blocked_from,
       blocked_to = :blocked_to, state = 'booked', because = 'no', answer_by = NULL, confirmed_at = NULL,
       asked_at = NULL,
       outside_since = NULL, changed_at = :now, version = version + 1
 WHERE id = :id AND version = :version AND state IN ('booked', 'requested')
   AND NOT EXISTS (
   SELECT 1 FROM space_booking b
    WHERE b.space = :space AND b.id <> :id AND b.state = 'booked' AND NOT (b.shared AND :shared)
      AND b.blocked_from > :after AND b.blocked_from < :blocked_to AND b.blocked_to > :blocked_from)
   AND NOT EXISTS (
   SELECT 1 FROM space_draft d
    WHERE d.space = :space AND d.held_until > :now AND d.id <> :draft AND NOT (d.shared AND :shared)
      AND d.blocked_from < :blocked_to AND d.blocked_to > :blocked_from);

-- space_booking_request(space, series, shared, starts, ends, blocked_from, blocked_to, title, language, audience space_booking_audience, group_code, people, public, minors, adult, who, organisation, booked_by, made_at, note, because, answer_by, uid) -> space_booking_id
-- Asks for the room; a request is in nobody's way.
INSERT INTO space_booking (space, series, state, shared, starts, ends, blocked_from, blocked_to, title, language,
                           audience, group_code, people, public, minors, adult, who, organisation, booked_by,
                           made_at, changed_at, note, because, answer_by, uid)
VALUES (:space, :series, 'requested', :shared, :starts, :ends, :blocked_from, :blocked_to, :title, :language,
        :audience, :group_code, :people, :public, :minors, :adult, :who, :organisation, :booked_by,
        :made_at, :made_at, :note, :because, :answer_by, :uid)
RETURNING id;

-- space_booking_grant(id space_booking, answered_by, answered_at, reply, capacity INT, after INSTANT, version) -> changed
-- A request gets the room, unless somebody has it by now or holds it just then, who is not the one that answers. To
-- take part in the drop-in it must fit as in space_booking_take.
UPDATE space_booking
   SET state = 'booked', answered_by = :answered_by, answered_at = :answered_at, reply = :reply,
       changed_at = :answered_at, version = version + 1
 WHERE id = :id AND version = :version AND state = 'requested'
   AND NOT EXISTS (
   SELECT 1 FROM space_booking b
    WHERE b.space = space_booking.space AND b.id <> :id AND b.state = 'booked'
      AND NOT (b.shared AND space_booking.shared) AND b.blocked_from > :after
      AND b.blocked_from < space_booking.blocked_to AND b.blocked_to > space_booking.blocked_from)
   AND NOT EXISTS (
   SELECT 1 FROM space_draft d
    WHERE d.space = space_booking.space AND d.held_until > :answered_at AND d.person <> :answered_by
      AND NOT (d.shared AND space_booking.shared)
      AND d.blocked_from < space_booking.blocked_to AND d.blocked_to > space_booking.blocked_from)
   AND NOT (shared AND (people > :capacity OR EXISTS (
   SELECT 1 FROM space_booking p
    WHERE p.space = space_booking.space AND p.state = 'booked' AND p.shared
      AND p.blocked_from > :after AND p.starts < space_booking.ends AND p.ends > space_booking.starts
      AND space_booking.people + (
        SELECT CAST(sum(q.people) AS BIGINT) FROM space_booking q
         WHERE q.space = space_booking.space AND q.state = 'booked' AND q.shared AND q.blocked_from > :after
           AND q.starts <= CASE WHEN p.starts > space_booking.starts THEN p.starts ELSE space_booking.starts END
           AND q.ends > CASE WHEN p.starts > space_booking.starts THEN p.starts ELSE space_booking.starts END)
        > :capacity)));

-- space_booking_decline(id space_booking, answered_by, answered_at, reply, version) -> changed
UPDATE space_booking
   SET state = 'declined', answered_by = :answered_by, answered_at = :answered_at, reply = :reply,
       changed_at = :answered_at, version = version + 1
 WHERE id = :id AND version = :version AND state = 'requested';

-- space_booking_end(id space_booking, state, reply, changed_at, version) -> changed
-- Cancelled by somebody, or freed because nobody confirmed or came.
UPDATE space_booking SET state = :state, reply = :reply, changed_at = :changed_at, version = version + 1
 WHERE id = :id AND version = :version AND state IN ('booked', 'requested');

-- space_booking_change(id space_booking, title, language, audience space_booking_audience, group_code, people, public, minors, adult, note, changed_at, version) -> changed
-- Not when it is over.
UPDATE space_booking
   SET title = :title, language = :language, audience = :audience, group_code = :group_code, people = :people,
       public = :public, minors = :minors, adult = :adult, note = :note, changed_at = :changed_at,
       version = version + 1
 WHERE id = :id AND version = :version AND state IN ('booked', 'requested') AND ends > :changed_at;

-- space_booking_asked(id space_booking, asked_at) -> changed
UPDATE space_booking SET asked_at = :asked_at WHERE id = :id AND state = 'booked' AND asked_at IS NULL;

-- space_booking_confirm(id space_booking, confirmed_at) -> changed
UPDATE space_booking SET confirmed_at = :confirmed_at, changed_at = :confirmed_at
 WHERE id = :id AND state = 'booked' AND confirmed_at IS NULL;

-- space_booking_claim(id space_booking, claimed_at) -> changed
UPDATE space_booking SET claimed_at = :claimed_at, confirmed_at = :claimed_at, changed_at = :claimed_at
 WHERE id = :id AND state = 'booked' AND claimed_at IS NULL;

-- space_bookings_renamed(space, first INSTANT, changed_at) -> changed
-- The space has another name: it stands in calendars with each of its bookings from first on.
UPDATE space_booking SET changed_at = :changed_at, version = version + 1 WHERE space = :space AND ends > :first;

-- --- series ---

-- space_series_add(space, every, starts, ends, continues, made_at, weeks) -> space_series_id
INSERT INTO space_series (space, every, starts, ends, continues, made_at, weeks)
VALUES (:space, :every, :starts, :ends, :continues, :made_at, :weeks)
RETURNING id;

-- space_series_by_id(id space_series) -> space_series?
SELECT * FROM space_series WHERE id = :id;

-- --- times that are held, and what is being filled in ---

-- space_draft_hold(person, space, shared, starts, ends, blocked_from, blocked_to, held_until, now INSTANT, after INSTANT, moves, moves_rest, continues) -> space_draft_id?
-- Holds a time, unless somebody has it or holds it.
INSERT INTO space_draft (person, space, shared, starts, ends, blocked_from, blocked_to, held_until, moves, moves_rest,
                         continues)
SELECT :person, :space, :shared, :starts, :ends, :blocked_from, :blocked_to, :held_until, :moves, :moves_rest,
       :continues
 WHERE NOT EXISTS (
   SELECT 1 FROM space_booking b
    WHERE b.space = :space AND b.state = 'booked' AND NOT (b.shared AND :shared)
      AND (:moves IS NULL OR b.id <> :moves)
      AND b.blocked_from > :after AND b.blocked_from < :blocked_to AND b.blocked_to > :blocked_from)
   AND NOT EXISTS (
   SELECT 1 FROM space_draft d
    WHERE d.space = :space AND d.held_until > :now AND d.person <> :person AND NOT (d.shared AND :shared)
      AND d.blocked_from < :blocked_to AND d.blocked_to > :blocked_from)
RETURNING id;

-- space_draft_by_id(id space_draft) -> space_draft?
SELECT * FROM space_draft WHERE id = :id;

-- space_drafts_of_space(space, now INSTANT, first INSTANT, last INSTANT) -> space_draft[]
-- Times that are held now, from first to last.
SELECT * FROM space_draft
 WHERE space = :space AND held_until > :now AND blocked_from < :last AND blocked_to > :first
 ORDER BY starts, id;

-- space_drafts_held(person, now INSTANT) -> INT
-- How many times a person holds; an offer is not of their making.
SELECT count(*) AS "n INT" FROM space_draft d
 WHERE d.person = :person AND d.held_until > :now
   AND NOT EXISTS (SELECT 1 FROM space_wish w WHERE w.offer = d.id);

-- space_draft_extend(id space_draft, held_until, now INSTANT, after INSTANT) -> changed
-- A time that was let go is held again only if nobody took it meanwhile.
UPDATE space_draft SET held_until = :held_until
 WHERE id = :id
   AND (held_until > :now OR (
     NOT EXISTS (
       SELECT 1 FROM space_booking b
        WHERE b.space = space_draft.space AND b.state = 'booked' AND NOT (b.shared AND space_draft.shared)
          AND b.blocked_from > :after AND b.blocked_from < space_draft.blocked_to
          AND b.blocked_to > space_draft.blocked_from)
     AND NOT EXISTS (
       SELECT 1 FROM space_draft d
        WHERE d.space = space_draft.space AND d.id <> :id AND d.held_until > :now
          AND NOT (d.shared AND space_draft.shared)
          AND d.blocked_from < space_draft.blocked_to AND d.blocked_to > space_draft.blocked_from)));

-- space_draft_acts(id space_draft, organisation) -> changed
UPDATE space_draft SET organisation = :organisation WHERE id = :id;

-- space_draft_fill(id space_draft, title, audience space_draft_audience, group_code, people, public, minors, adult, note, organisation, every, last) -> changed
UPDATE space_draft
   SET filled = TRUE, title = :title, audience = :audience, group_code = :group_code, people = :people,
       public = :public, minors = :minors, adult = :adult, note = :note, organisation = :organisation,
       every = :every, last = :last
 WHERE id = :id;

-- space_draft_in_weeks(id space_draft, weeks) -> changed
UPDATE space_draft SET weeks = :weeks WHERE id = :id;

-- space_draft_drop(id space_draft) -> changed
DELETE FROM space_draft WHERE id = :id;

-- space_draft_days(draft) -> space_draft_day[]
SELECT * FROM space_draft_day WHERE draft = :draft ORDER BY day;

-- space_draft_day_put(draft, day, choice, space, starts) -> changed
INSERT INTO space_draft_day (draft, day, choice, space, starts) VALUES (:draft, :day, :choice, :space, :starts)
ON CONFLICT (draft, day) DO UPDATE SET choice = :choice, space = :space, starts = :starts;

-- space_draft_days_clear(draft) -> changed
DELETE FROM space_draft_day WHERE draft = :draft;

-- space_drafts_gone(before INSTANT) -> space_draft[]
-- Those that were let go long ago.
SELECT * FROM space_draft WHERE held_until < :before ORDER BY id;

-- --- the waiting list ---

-- space_wish_add(space, starts, ends, shared, people, person, organisation, made_at) -> space_wish_id
INSERT INTO space_wish (space, starts, ends, shared, people, person, organisation, made_at)
VALUES (:space, :starts, :ends, :shared, :people, :person, :organisation, :made_at)
RETURNING id;

-- space_wish_by_id(id space_wish) -> space_wish?
SELECT * FROM space_wish WHERE id = :id;

-- space_wishes_for(space, first INSTANT, last INSTANT) -> space_wish[]
-- Who waits for a time between first and last, those who came first first.
SELECT * FROM space_wish
 WHERE space = :space AND state = 'waiting' AND starts < :last AND ends > :first
 ORDER BY made_at, id;

-- space_wishes_of_person(person, now INSTANT) -> space_wish[]
SELECT * FROM space_wish WHERE person = :person AND state IN ('waiting', 'offered') AND starts > :now
 ORDER BY starts, id;

-- space_wishes_offered() -> space_wish[]
SELECT * FROM space_wish WHERE offer IS NOT NULL AND state = 'offered' ORDER BY offer_until NULLS FIRST, id;

-- space_wish_offer(id space_wish, offer, offer_until) -> changed
UPDATE space_wish SET state = 'offered', offer = :offer, offer_until = :offer_until
 WHERE id = :id AND state = 'waiting';

-- space_wish_settle(id space_wish, state) -> changed
UPDATE space_wish SET state = :state, offer = NULL WHERE id = :id AND state IN ('waiting', 'offered');

-- --- what is broken ---

-- space_faults_of(space) -> space_fault[]
SELECT * FROM space_fault WHERE space = :space AND mended_at IS NULL ORDER BY id;

-- space_fault_add(space, words, language, reported_by, reported_at) -> space_fault_id
INSERT INTO space_fault (space, words, language, reported_by, reported_at)
VALUES (:space, :words, :language, :reported_by, :reported_at)
RETURNING id;

-- space_fault_mend(id space_fault, space, mended_at) -> changed
UPDATE space_fault SET mended_at = :mended_at WHERE id = :id AND space = :space AND mended_at IS NULL;
