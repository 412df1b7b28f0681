-- wheel_history_items(series) -> wheel_item[]
-- The years of an item, the newest first.
SELECT i.* FROM wheel_item i JOIN school_year y ON y.id = i.year
 WHERE i.series = :series
 ORDER BY y.year DESC, i.id DESC;

-- wheel_history_states(series) -> wheel_history_state[]
-- How often each was said in each of them.
SELECT a.item, a.state, count(*) AS "times INT"
  FROM wheel_item i JOIN wheel_answer a ON a.item = i.id
 WHERE i.series = :series AND a.state <> 'none_yet'
 GROUP BY a.item, a.state
 ORDER BY a.item, a.state;

-- wheel_history_answers(series, campus campus?, most INT) -> wheel_answer[]
-- What was said in each of them, by a campus or by all; of many, first those that did it otherwise or not.
SELECT id, item, campus, state, reason, words, language, starts, ends, answered_by, answered_at, version
  FROM (SELECT a.*, row_number() OVER (PARTITION BY a.item ORDER BY
               CASE WHEN a.state = 'our_way' OR a.state = 'not_here' THEN 0 ELSE 1 END, a.campus NULLS FIRST) AS place
          FROM wheel_item i JOIN wheel_answer a ON a.item = i.id
         WHERE i.series = :series AND (:campus IS NULL OR a.campus = :campus OR a.campus IS NULL)
           AND a.state <> 'none_yet') told
 WHERE place <= :most
 ORDER BY item, campus NULLS FIRST;

-- wheel_history_until(year, until INSTANT) -> wheel_history_state[]
-- What campuses had said of the common items of a year by a time, of what nobody has changed since.
SELECT a.item, a.state, count(*) AS "times INT"
  FROM wheel_item i JOIN wheel_answer a ON a.item = i.id
 WHERE i.year = :year AND i.campus IS NULL AND i.cancelled_at IS NULL AND a.campus IS NOT NULL
   AND a.answered_at < :until AND a.state <> 'none_yet'
 GROUP BY a.item, a.state
 ORDER BY a.item, a.state;

-- wheel_history_until_past(year, until INSTANT) -> wheel_history_state_past[]
-- And of what was changed since: what stood there then.
SELECT a.item, q.state, count(*) AS "times INT"
  FROM wheel_item i JOIN wheel_answer a ON a.item = i.id JOIN wheel_answer_past q ON q.answer = a.id
 WHERE i.year = :year AND i.campus IS NULL AND i.cancelled_at IS NULL AND a.campus IS NOT NULL
   AND a.answered_at >= :until AND q.answered_at < :until AND q.state <> 'none_yet'
   AND q.version = (SELECT max(v.version) FROM wheel_answer_past v WHERE v.answer = a.id AND v.answered_at < :until)
 GROUP BY a.item, q.state
 ORDER BY a.item, q.state;

-- wheel_pasts_of_campus(year, campus) -> wheel_answer_past[]
SELECT q.* FROM wheel_answer_past q JOIN wheel_answer a ON a.id = q.answer JOIN wheel_item i ON i.id = a.item
 WHERE (i.year = :year AND i.campus IS NULL OR i.year = :year + 0 AND i.campus = :campus)
   AND (a.campus = :campus OR a.campus IS NULL)
 ORDER BY q.answer, q.version;

-- wheel_otherwise(first INT, last INT, campus campus?) -> wheel_otherwise[]
-- How items were answered over some years, by a campus or by all.
SELECT i.series, count(*) AS "times INT", count(DISTINCT i.year) AS "years INT",
       CAST(sum(CASE WHEN a.state = 'our_way' THEN 1 ELSE 0 END) AS BIGINT) AS "our_way INT",
       CAST(sum(CASE WHEN a.reason = 'does_not_fit' THEN 1 ELSE 0 END) AS BIGINT) AS "does_not_fit INT",
       CAST(sum(CASE WHEN a.reason = 'did_not_happen' THEN 1 ELSE 0 END) AS BIGINT) AS "did_not_happen INT"
  FROM wheel_item i JOIN wheel_answer a ON a.item = i.id
 WHERE i.year IN (SELECT y.id FROM school_year y WHERE y.year BETWEEN :first AND :last AND y.state <> 'draft')
   AND i.cancelled_at IS NULL AND a.campus IS NOT NULL AND (:campus IS NULL OR a.campus = :campus)
   AND (a.state = 'done' OR a.state = 'our_way' OR a.state = 'not_here')
 GROUP BY i.series
 ORDER BY i.series;

-- wheel_otherwise_words(series, first INT, last INT, campus campus?, most INT) -> wheel_otherwise_word[]
-- What was said of an item that was done otherwise or not, the newest first.
SELECT y.year, a.campus, a.state, a.reason, a.words, a.language
  FROM wheel_item i JOIN school_year y ON y.id = i.year JOIN wheel_answer a ON a.item = i.id
 WHERE i.series = :series AND y.year BETWEEN :first AND :last AND y.state <> 'draft' AND a.campus IS NOT NULL
   AND (:campus IS NULL OR a.campus = :campus) AND (a.state = 'our_way' OR a.state = 'not_here')
   AND a.words <> ''
 ORDER BY y.year DESC, a.campus NULLS FIRST, a.id LIMIT :most;
