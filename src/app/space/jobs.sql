-- space_bookings_to_ask(now INSTANT, last INSTANT) -> space_booking[]
-- Bookings ahead in spaces where they are confirmed, of which nobody has been asked yet. A lesson of the timetable, and
-- what no person has booked, is never asked for and never freed.
SELECT b.* FROM space_booking b JOIN space s ON s.id = b.space
 WHERE b.starts > :now AND b.starts <= :last AND b.state = 'booked' AND b.asked_at IS NULL AND b.confirmed_at IS NULL
   AND b.booked_by IS NOT NULL AND s.confirm_hours > 0
 ORDER BY b.starts, b.id;

-- space_bookings_unconfirmed(now INSTANT, last INSTANT) -> space_booking[]
-- Those that were asked for and are not confirmed.
SELECT b.* FROM space_booking b JOIN space s ON s.id = b.space
 WHERE b.starts > :now AND b.starts <= :last AND b.state = 'booked' AND b.asked_at IS NOT NULL
   AND b.confirmed_at IS NULL AND s.confirm_hours > 0
 ORDER BY b.starts, b.id;

-- space_bookings_unclaimed(after INSTANT, now INSTANT) -> space_booking[]
-- Those that have begun, where somebody says that they came, and nobody has.
SELECT b.* FROM space_booking b JOIN space s ON s.id = b.space
 WHERE b.starts > :after AND b.starts <= :now AND b.ends > :now AND b.state = 'booked' AND b.claimed_at IS NULL
   AND b.booked_by IS NOT NULL AND s.claim_minutes > 0
 ORDER BY b.starts, b.id;

-- space_drafts_let_go(after INSTANT, now INSTANT) -> space_draft[]
-- Times that were held until a little while ago, and that somebody waits for.
SELECT d.* FROM space_draft d
 WHERE d.held_until > :after AND d.held_until <= :now
   AND EXISTS (SELECT 1 FROM space_wish w WHERE w.space = d.space AND w.state = 'waiting' AND w.starts < d.blocked_to
                AND w.ends > d.blocked_from)
 ORDER BY d.id;

-- space_wishes_end_before(now INSTANT) -> changed
-- What they waited for has begun.
UPDATE space_wish SET state = 'ended' WHERE state = 'waiting' AND starts <= :now;

-- space_wishes_over(now INSTANT) -> BOOL
SELECT EXISTS (SELECT 1 FROM space_wish WHERE state = 'waiting' AND starts <= :now) AS "any BOOL";
