-- space_bookings_to_ask(now INSTANT, last INSTANT) -> space_booking[]
-- Those of spaces that want a confirmation and have not asked for it yet, as far as they start by then.
SELECT b.* FROM space_booking b JOIN space s ON s.id = b.space
 WHERE s.confirm_hours > 0 AND b.state = 'booked' AND b.asked_at IS NULL AND b.booked_by IS NOT NULL
   AND b.starts > :now AND b.starts <= :last
 ORDER BY b.starts, b.id;

-- space_bookings_unconfirmed(now INSTANT, last INSTANT) -> space_booking[]
SELECT b.* FROM space_booking b JOIN space s ON s.id = b.space
 WHERE s.confirm_hours > 0 AND b.state = 'booked' AND b.asked_at IS NOT NULL AND b.confirmed_at IS NULL
   AND b.starts > :now AND b.starts <= :last
 ORDER BY b.starts, b.id;

-- space_bookings_unclaimed(first INSTANT, now INSTANT) -> space_booking[]
-- Of spaces where one says that one came: those that go on and nobody has claimed.
SELECT b.* FROM space_booking b JOIN space s ON s.id = b.space
 WHERE s.claim_minutes > 0 AND b.state = 'booked' AND b.claimed_at IS NULL AND b.booked_by IS NOT NULL
   AND b.starts > :first AND b.starts <= :now AND b.ends > :now
 ORDER BY b.starts, b.id;
