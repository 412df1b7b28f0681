-- wheel_review_add(item, earlier, starts, ends) -> changed
INSERT INTO wheel_review (item, earlier, starts, ends) VALUES (:item, :earlier, :starts, :ends);

-- wheel_review_of(item) -> wheel_review?
SELECT * FROM wheel_review WHERE item = :item;

-- wheel_review_settle_open(item, verdict, reviewed_by, reviewed_at) -> changed
-- Nothing, when somebody has settled it since.
UPDATE wheel_review SET verdict = :verdict, reviewed_by = :reviewed_by, reviewed_at = :reviewed_at
 WHERE item = :item AND verdict = 'open';

-- wheel_review_set(item, verdict, reviewed_by, reviewed_at) -> changed
UPDATE wheel_review SET verdict = :verdict, reviewed_by = :reviewed_by, reviewed_at = :reviewed_at
 WHERE item = :item;

-- wheel_review_reopen(item) -> changed
UPDATE wheel_review SET verdict = 'open', reviewed_by = NULL, reviewed_at = NULL
 WHERE item = :item AND verdict <> 'open';

-- wheel_review_parts(year) -> wheel_review_part[]
-- How much was copied and how much of it is still to be looked through: for the common wheel and for each campus's own
-- items, by ring.
SELECT i.campus, i.ring, count(*) AS "items INT",
       CAST(sum(CASE WHEN w.verdict = 'open' THEN 1 ELSE 0 END) AS BIGINT) AS "left INT"
  FROM wheel_review w JOIN wheel_item i ON i.id = w.item
 WHERE i.year = :year
 GROUP BY i.campus, i.ring
 ORDER BY i.campus NULLS FIRST, i.ring;

-- wheel_review_lines(year school_year, campus, ring wheel_ring?) -> wheel_review_line[]
-- The copied items of the common wheel or of a campus, each with the one of the earlier year.
SELECT i.id, i.ring, i.campus, i.title, i.timing, i.anchor, i.starts, i.ends, i.repeats, i.answers, i.core,
       w.verdict, w.reviewed_by, e.id AS earlier, e.starts AS earlier_starts, e.ends AS earlier_ends,
       z.year AS earlier_year
  FROM wheel_review w JOIN wheel_item i ON i.id = w.item JOIN wheel_item e ON e.id = w.earlier
       JOIN school_year z ON z.id = e.year
 WHERE i.year = :year AND i.campus IS NOT DISTINCT FROM :campus AND (:ring IS NULL OR i.ring = :ring)
 ORDER BY i.starts, i.ends, i.id;

-- wheel_review_states(year, campus) -> wheel_review_state[]
-- How often each was said of the earlier items.
SELECT a.item, a.state, count(*) AS "times INT"
  FROM wheel_review w JOIN wheel_item i ON i.id = w.item JOIN wheel_answer a ON a.item = w.earlier
 WHERE i.year = :year AND i.campus IS NOT DISTINCT FROM :campus AND a.state <> 'none_yet'
 GROUP BY a.item, a.state
 ORDER BY a.item, a.state;

-- wheel_review_words(year, campus, most INT) -> wheel_review_word[]
-- What was done otherwise or not, and why: of each earlier item the first so many.
SELECT item, campus, state, reason, words, language
  FROM (SELECT a.item, a.campus, a.state, a.reason, a.words, a.language,
               row_number() OVER (PARTITION BY a.item ORDER BY a.campus NULLS FIRST) AS place
          FROM wheel_review w JOIN wheel_item i ON i.id = w.item JOIN wheel_answer a ON a.item = w.earlier
         WHERE i.year = :year AND i.campus IS NOT DISTINCT FROM :campus
           AND (a.state = 'our_way' OR a.state = 'not_here')) told
 WHERE place <= :most
 ORDER BY item, campus NULLS FIRST;
