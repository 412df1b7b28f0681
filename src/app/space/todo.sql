-- space_bookings_to_confirm(person, now INSTANT) -> space_booking[]
SELECT * FROM space_booking
 WHERE booked_by = :person AND starts > :now AND state = 'booked' AND asked_at IS NOT NULL AND confirmed_at IS NULL
 ORDER BY starts, id;

-- space_fault_counts() -> space_fault_count[]
SELECT space, count(*) AS "n INT" FROM space_fault WHERE mended_at IS NULL GROUP BY space ORDER BY space;

-- spaces_that_ever_were() -> space[]
SELECT * FROM space ORDER BY campus, position, id;

-- space_questions_first([campuses] campus) -> DATE
-- The day of the earliest promise.
SELECT min(b.answer_by) AS "first DATE?" FROM space_booking b JOIN space s ON s.id = b.space
 WHERE b.state = 'requested' AND s.campus IN [:campuses];
