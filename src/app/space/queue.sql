-- space_questions([campuses] campus, only space_booking?, first INT, most INT) -> space_question[]
-- What waits for an answer, the earliest promise first: a series is one question, asked by its first request. `only`
-- asks for one of them, also for one that stands behind the first of its series.
SELECT b.id, b.space, b.series, b.shared, b.starts, b.ends, b.blocked_from, b.blocked_to, b.title,
       b.language, b.audience, b.group_code, b.people, b.adult, b.made_at, b.note, b.because,
       b.answer_by, b.version, s.campus, s.name AS space_name, s.capacity, o.name AS "organisation_name TEXTS",
       o.ended_at AS "ended_at INSTANT?", p.name AS "person_name TEXT"
  FROM space_booking b JOIN space s ON s.id = b.space LEFT JOIN organisation o ON o.id = b.organisation
       LEFT JOIN person p ON p.id = b.booked_by
 WHERE b.state = 'requested' AND s.campus IN [:campuses]
   AND CASE WHEN :only IS NOT NULL THEN b.id = :only ELSE b.series IS NULL OR b.id = (
     SELECT min(e.id) FROM space_booking e WHERE e.series = b.series AND e.state = 'requested') END
 ORDER BY b.answer_by NULLS FIRST, b.id
 LIMIT :most OFFSET :first;

-- space_asked() -> space_asked[]
-- The campuses on which something waits for an answer.
SELECT DISTINCT s.campus FROM space_booking b JOIN space s ON s.id = b.space JOIN campus c ON c.id = s.campus
 WHERE b.state = 'requested' AND c.cancelled_at IS NULL
 ORDER BY s.campus;

-- space_questions_count([campuses] campus) -> INT
SELECT count(*) AS "n INT"
  FROM space_booking b JOIN space s ON s.id = b.space
 WHERE b.state = 'requested' AND s.campus IN [:campuses]
   AND (b.series IS NULL OR b.id = (
     SELECT min(e.id) FROM space_booking e WHERE e.series = b.series AND e.state = 'requested'));

-- space_open_requests([spaces] space) -> space_open_request[]
-- All that is asked for in those spaces: the days of series, and who asks for the same time.
SELECT b.id, b.space, b.series, b.starts, b.ends, b.blocked_from, b.blocked_to, b.title, b.language, b.people,
       b.made_at, o.name AS "organisation_name TEXTS", p.name AS "person_name TEXT"
  FROM space_booking b LEFT JOIN organisation o ON o.id = b.organisation LEFT JOIN person p ON p.id = b.booked_by
 WHERE b.space IN [:spaces] AND b.state = 'requested' ORDER BY b.starts, b.id;

-- space_programme([spaces] space, after INSTANT, first INSTANT, last INSTANT) -> space_on[]
-- What is in those spaces from first to last.
SELECT id, space, shared, starts, ends, blocked_from, blocked_to, title, language FROM space_booking
 WHERE space IN [:spaces] AND state = 'booked' AND blocked_from > :after AND blocked_from < :last AND ends > :first
 ORDER BY space, starts, id;

-- space_due(today DATE) -> space_due[]
-- Requests whose answer is promised for today or before, and of which those who answer have not been reminded today.
SELECT b.id, b.title, b.starts, b.ends, b.answer_by, s.campus, s.name AS space_name
  FROM space_booking b JOIN space s ON s.id = b.space
 WHERE b.state = 'requested' AND b.answer_by <= :today AND (b.reminded_on IS NULL OR b.reminded_on < :today)
 ORDER BY b.answer_by NULLS FIRST, b.id;

-- space_booking_reminded(id space_booking, reminded_on) -> changed
UPDATE space_booking SET reminded_on = :reminded_on WHERE id = :id AND state = 'requested';

-- space_requests_lapsed(now INSTANT, most INT) -> space_booking[]
-- Nobody has answered them, and now it is too late.
SELECT * FROM space_booking WHERE state = 'requested' AND starts <= :now ORDER BY starts, id LIMIT :most;

-- space_booking_lapse(id space_booking, changed_at, version) -> changed
UPDATE space_booking SET state = 'declined', changed_at = :changed_at, version = version + 1
 WHERE id = :id AND version = :version AND state = 'requested';
