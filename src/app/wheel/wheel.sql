-- school_years() -> school_year[]
SELECT * FROM school_year ORDER BY year DESC;

-- school_year_of(year) -> school_year?
SELECT * FROM school_year WHERE year = :year;

-- school_year_of_item(item wheel_item) -> school_year?
SELECT y.* FROM school_year y JOIN wheel_item i ON i.year = y.id WHERE i.id = :item;

-- school_year_add(year, state, starts, ends) -> school_year_id
INSERT INTO school_year (year, state, starts, ends) VALUES (:year, :state, :starts, :ends)
RETURNING id;

-- school_year_publish(id school_year, published_at, version) -> changed
UPDATE school_year SET state = 'published', published_at = :published_at, version = version + 1
 WHERE id = :id AND state = 'draft' AND version = :version;

-- school_year_close(id school_year, closed_at, version) -> changed
UPDATE school_year SET state = 'closed', closed_at = :closed_at, version = version + 1
 WHERE id = :id AND state = 'published' AND version = :version;

-- school_year_reopen(id school_year, version) -> changed
UPDATE school_year SET state = 'published', closed_at = NULL, version = version + 1
 WHERE id = :id AND state = 'closed' AND version = :version;

-- wheel_rings() -> wheel_ring[]
SELECT * FROM wheel_ring WHERE cancelled_at IS NULL ORDER BY position, id;

-- wheel_rings_ever() -> wheel_ring[]
-- Also those that were retired: items of earlier years stand in them.
SELECT * FROM wheel_ring ORDER BY position, id;

-- wheel_rings_of(year) -> wheel_ring[]
-- Those in use, and those in which that year has something.
SELECT * FROM wheel_ring r
 WHERE r.cancelled_at IS NULL
    OR EXISTS (SELECT 1 FROM wheel_item i WHERE i.ring = r.id AND i.year = :year AND i.cancelled_at IS NULL)
 ORDER BY r.position, r.id;

-- wheel_ring_by_id(id wheel_ring) -> wheel_ring?
SELECT * FROM wheel_ring WHERE id = :id;

-- wheel_ring_put(key, name, position, color) -> changed
-- From the template; what somebody has changed since stays.
INSERT INTO wheel_ring (key, name, position, color) VALUES (:key, :name, :position, :color)
ON CONFLICT (key) DO NOTHING;

-- wheel_ring_add(key, name, position, color) -> wheel_ring_id
INSERT INTO wheel_ring (key, name, position, color) VALUES (:key, :name, :position, :color) RETURNING id;

-- wheel_ring_change(id wheel_ring, name, color, version) -> changed
UPDATE wheel_ring SET name = :name, color = :color, version = version + 1 WHERE id = :id AND version = :version;

-- wheel_ring_place(id wheel_ring, position) -> changed
UPDATE wheel_ring SET position = :position, version = version + 1 WHERE id = :id;

-- wheel_ring_retire(id wheel_ring, cancelled_at, version) -> changed
UPDATE wheel_ring SET cancelled_at = :cancelled_at, version = version + 1 WHERE id = :id AND version = :version;

-- wheel_series_add(key, every) -> wheel_series_id
INSERT INTO wheel_series (key, every) VALUES (:key, :every) RETURNING id;

-- wheel_series_by_key(key) -> wheel_series?
SELECT * FROM wheel_series WHERE key = :key;

-- wheel_series_by_id(id wheel_series) -> wheel_series?
SELECT * FROM wheel_series WHERE id = :id;

-- wheel_series_all() -> wheel_series[]
SELECT * FROM wheel_series ORDER BY id;

-- wheel_series_set_every(id wheel_series, every) -> changed
UPDATE wheel_series SET every = :every WHERE id = :id AND every <> :every;

-- wheel_item_newest(series, before INT) -> wheel_item?
-- The item of a series in the last year that begins before a calendar year.
SELECT i.* FROM wheel_item i JOIN school_year y ON y.id = i.year
 WHERE i.series = :series AND y.year < :before
 ORDER BY y.year DESC, i.id DESC LIMIT 1;

-- wheel_lines(year) -> wheel_line[]
-- The items of a year as lists need them, common and own, in the order of the year.
SELECT i.id, i.ring, i.campus, i.title, i.sentence, i.starts, i.ends, i.repeats, i.repeats_until, i.duty, i.person,
       i.answers, i.core, i.guardians, i.series
  FROM wheel_item i
 WHERE i.year = :year AND i.cancelled_at IS NULL
 ORDER BY i.starts, i.ends, i.id;

-- wheel_lines_common(year) -> wheel_line[]
-- The common wheel: what belongs to no single campus.
SELECT i.id, i.ring, i.campus, i.title, i.sentence, i.starts, i.ends, i.repeats, i.repeats_until, i.duty, i.person,
       i.answers, i.core, i.guardians, i.series
  FROM wheel_item i
 WHERE i.year = :year AND i.cancelled_at IS NULL AND i.campus IS NULL
 ORDER BY i.starts, i.ends, i.id;

-- wheel_lines_of(year, campus) -> wheel_line[]
-- The items of a year that are for a campus: common ones, unless named for others only, and its own.
-- With the + 0 SQLite does not see one year in both, and reads no other campus's own items; here and below.
SELECT i.id, i.ring, i.campus, i.title, i.sentence, i.starts, i.ends, i.repeats, i.repeats_until, i.duty, i.person,
       i.answers, i.core, i.guardians, i.series
  FROM wheel_item i
 WHERE (i.year = :year AND i.campus IS NULL OR i.year = :year + 0 AND i.campus = :campus) AND i.cancelled_at IS NULL
   AND (NOT EXISTS (SELECT 1 FROM wheel_item_scope s WHERE s.item = i.id)
        OR EXISTS (SELECT 1 FROM wheel_item_scope s WHERE s.item = i.id AND s.campus = :campus))
 ORDER BY i.starts, i.ends, i.id;

-- wheel_items_of(year, campus, since INSTANT) -> wheel_item[]
-- As wheel_lines_of, whole, and with those that were cancelled since then.
SELECT * FROM wheel_item i
 WHERE i.year = :year AND (i.cancelled_at IS NULL OR i.cancelled_at >= :since)
   AND (i.campus IS NULL OR i.campus = :campus)
   AND (NOT EXISTS (SELECT 1 FROM wheel_item_scope s WHERE s.item = i.id)
        OR EXISTS (SELECT 1 FROM wheel_item_scope s WHERE s.item = i.id AND s.campus = :campus))
 ORDER BY i.starts, i.ends, i.id;

-- wheel_items_common(year, since INSTANT) -> wheel_item[]
-- As wheel_lines_common, likewise.
SELECT * FROM wheel_item i
 WHERE i.year = :year AND (i.cancelled_at IS NULL OR i.cancelled_at >= :since) AND i.campus IS NULL
 ORDER BY i.starts, i.ends, i.id;

-- wheel_item_by_id(id wheel_item) -> wheel_item?
-- Not what an import is only about to bring.
SELECT * FROM wheel_item i
 WHERE i.id = :id
   AND NOT EXISTS (SELECT 1 FROM wheel_import m
                    WHERE m.id = i.import AND (m.state = 'running' OR m.state = 'dropping'));

-- wheel_item_of_series(series, year) -> wheel_item?
SELECT * FROM wheel_item WHERE series = :series AND year = :year;

-- wheel_item_add(series, year, ring, campus, title, sentence, description, timing, week, anchor, starts, ends, repeats, repeats_until, duty, person, answers, core, guardians, changed_at) -> wheel_item_id
INSERT INTO wheel_item (series, year, ring, campus, title, sentence, description, timing, week, anchor, starts,
                        ends, repeats, repeats_until, duty, person, answers, core, guardians, changed_at)
VALUES (:series, :year, :ring, :campus, :title, :sentence, :description, :timing, :week, :anchor, :starts, :ends,
        :repeats, :repeats_until, :duty, :person, :answers, :core, :guardians, :changed_at)
RETURNING id;

-- wheel_item_change(id wheel_item, campus, ring, title, sentence, description, timing, week, anchor, starts, ends, repeats, repeats_until, duty, person, answers, core, guardians, changed_at, version) -> changed
UPDATE wheel_item SET ring = :ring, title = :title, sentence = :sentence, description = :description,
  timing = :timing, week = :week, anchor = :anchor, starts = :starts, ends = :ends, repeats = :repeats,
  repeats_until = :repeats_until, duty = :duty, person = :person, answers = :answers, core = :core,
  guardians = :guardians, changed_at = :changed_at, version = version + 1
 WHERE id = :id AND campus IS NOT DISTINCT FROM :campus AND version = :version;

-- wheel_item_cancel(id wheel_item, campus, cancelled_at, version) -> changed
UPDATE wheel_item SET cancelled_at = :cancelled_at, changed_at = :cancelled_at, version = version + 1
 WHERE id = :id AND campus IS NOT DISTINCT FROM :campus AND version = :version;

-- wheel_item_restore(id wheel_item, campus, changed_at, version) -> changed
UPDATE wheel_item SET cancelled_at = NULL, changed_at = :changed_at, version = version + 1
 WHERE id = :id AND campus IS NOT DISTINCT FROM :campus AND version = :version;

-- wheel_scopes_of_year(year) -> wheel_item_scope[]
SELECT s.* FROM wheel_item_scope s JOIN wheel_item i ON i.id = s.item WHERE i.year = :year AND i.campus IS NULL
 ORDER BY s.item, s.campus;

-- wheel_scope_of(item) -> wheel_item_scope[]
SELECT * FROM wheel_item_scope WHERE item = :item ORDER BY campus;

-- wheel_scope_add(item, campus) -> changed
INSERT INTO wheel_item_scope (item, campus) VALUES (:item, :campus)
ON CONFLICT (item, campus) DO NOTHING;

-- wheel_scope_drop(item, campus) -> changed
DELETE FROM wheel_item_scope WHERE item = :item AND campus = :campus;

-- wheel_measures_of(item) -> measure[]
SELECT m.* FROM measure m JOIN wheel_item_measure w ON w.measure = m.id WHERE w.item = :item
 ORDER BY m.key;

-- wheel_item_measures_of_year(year) -> wheel_item_measure[]
SELECT w.* FROM wheel_item_measure w JOIN wheel_item i ON i.id = w.item WHERE i.year = :year
 ORDER BY w.item, w.measure;

-- wheel_measure_add(item, measure) -> changed
INSERT INTO wheel_item_measure (item, measure) VALUES (:item, :measure)
ON CONFLICT (item, measure) DO NOTHING;

-- wheel_measures_clear(item) -> changed
DELETE FROM wheel_item_measure WHERE item = :item;

-- wheel_materials_of(item) -> wheel_material[]
SELECT * FROM wheel_material WHERE item = :item AND cancelled_at IS NULL ORDER BY position, id;

-- wheel_material_by_id(id wheel_material) -> wheel_material?
SELECT * FROM wheel_material WHERE id = :id;

-- wheel_material_add(item, kind, title, body, url, position) -> wheel_material_id
INSERT INTO wheel_material (item, kind, title, body, url, position)
VALUES (:item, :kind, :title, :body, :url, :position)
RETURNING id;

-- wheel_material_cancel(id wheel_material, item, cancelled_at) -> changed
UPDATE wheel_material SET cancelled_at = :cancelled_at
 WHERE id = :id AND item = :item AND cancelled_at IS NULL;

-- wheel_answers_of_campus(year, campus) -> wheel_answer[]
SELECT a.* FROM wheel_answer a JOIN wheel_item i ON i.id = a.item
 WHERE (i.year = :year AND i.campus IS NULL OR i.year = :year + 0 AND i.campus = :campus)
   AND (a.campus = :campus OR a.campus IS NULL)
 ORDER BY a.item, a.campus NULLS FIRST;

-- wheel_answers_of_campuses(year, [campuses] campus) -> wheel_answer[]
-- What some campuses say of the common items.
SELECT a.* FROM wheel_item i JOIN wheel_answer a ON a.item = i.id
 WHERE i.year = :year AND i.campus IS NULL AND a.campus IN [:campuses]
 ORDER BY a.item, a.campus NULLS FIRST;

-- wheel_answers_to(item) -> wheel_answer[]
SELECT * FROM wheel_answer WHERE item = :item ORDER BY campus NULLS FIRST;

-- wheel_answer_by_id(id wheel_answer) -> wheel_answer?
SELECT * FROM wheel_answer WHERE id = :id;

-- wheel_answer_find(item, campus) -> wheel_answer?
SELECT * FROM wheel_answer WHERE item = :item AND campus IS NOT DISTINCT FROM :campus;

-- wheel_answer_put(item, campus, state, reason, words, language, starts, ends, answered_by, answered_at, version) -> changed
-- Takes the place of the version that the writer had read; if someone wrote since, no row changes.
INSERT INTO wheel_answer (item, campus, state, reason, words, language, starts, ends, answered_by, answered_at)
VALUES (:item, :campus, :state, :reason, :words, :language, :starts, :ends, :answered_by, :answered_at)
ON CONFLICT (item, campus) DO UPDATE
   SET state = excluded.state, reason = excluded.reason, words = excluded.words,
       language = excluded.language, starts = excluded.starts, ends = excluded.ends,
       answered_by = excluded.answered_by, answered_at = excluded.answered_at,
       version = wheel_answer.version + 1
 WHERE wheel_answer.version = :version AND wheel_answer.campus = excluded.campus;

-- wheel_answer_put_provider(item, state, reason, words, language, starts, ends, answered_by, answered_at, version) -> changed
-- The same for the provider's own answer, which has no campus.
INSERT INTO wheel_answer (item, state, reason, words, language, starts, ends, answered_by, answered_at)
VALUES (:item, :state, :reason, :words, :language, :starts, :ends, :answered_by, :answered_at)
ON CONFLICT (item) WHERE campus IS NULL DO UPDATE
   SET state = excluded.state, reason = excluded.reason, words = excluded.words,
       language = excluded.language, starts = excluded.starts, ends = excluded.ends,
       answered_by = excluded.answered_by, answered_at = excluded.answered_at,
       version = wheel_answer.version + 1
 WHERE wheel_answer.version = :version AND wheel_answer.campus IS NULL;

-- wheel_answer_past_add(answer, version, state TEXT, reason TEXT, words, language TEXT, starts, ends, answered_by, answered_at) -> changed
INSERT INTO wheel_answer_past (answer, version, state, reason, words, language, starts, ends,
                               answered_by, answered_at)
VALUES (:answer, :version, :state, :reason, :words, :language, :starts, :ends, :answered_by, :answered_at);

-- wheel_answer_pasts(answer) -> wheel_answer_past[]
SELECT * FROM wheel_answer_past WHERE answer = :answer ORDER BY version DESC;

-- wheel_thanks_add(answer, person, at) -> changed
INSERT INTO wheel_thanks (answer, person, at) VALUES (:answer, :person, :at)
ON CONFLICT (answer, person) DO NOTHING;

-- wheel_thanks_drop(answer, person) -> changed
DELETE FROM wheel_thanks WHERE answer = :answer AND person = :person;

-- wheel_thanks_to(item) -> wheel_thanked[]
SELECT t.answer, t.person FROM wheel_thanks t JOIN wheel_answer a ON a.id = t.answer
 WHERE a.item = :item ORDER BY t.id;
