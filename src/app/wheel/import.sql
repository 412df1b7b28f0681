-- wheel_items_of_year(year) -> wheel_item[]
-- All that is there, whole.
SELECT * FROM wheel_item WHERE year = :year AND cancelled_at IS NULL ORDER BY starts, ends, id;

-- wheel_items_of_campus(year, campus) -> wheel_item[]
-- Those of them that are for a campus, as wheel_lines_of has them.
SELECT i.* FROM wheel_item i
 WHERE i.year = :year AND i.cancelled_at IS NULL
   AND (i.campus IS NULL OR i.campus = :campus)
   AND (NOT EXISTS (SELECT 1 FROM wheel_item_scope s WHERE s.item = i.id)
        OR EXISTS (SELECT 1 FROM wheel_item_scope s WHERE s.item = i.id AND s.campus = :campus))
 ORDER BY i.starts, i.ends, i.id;

-- wheel_series_of_year(year) -> wheel_series[]
SELECT s.* FROM wheel_series s
 WHERE s.id IN (SELECT i.series FROM wheel_item i WHERE i.year = :year) ORDER BY s.id;

-- wheel_materials_of_year(year) -> wheel_material[]
SELECT m.* FROM wheel_material m JOIN wheel_item i ON i.id = m.item
 WHERE i.year = :year AND i.cancelled_at IS NULL AND m.cancelled_at IS NULL
 ORDER BY m.item, m.position, m.id;

-- wheel_stamp(year) -> wheel_stamp
-- Changes with every item that comes, goes or changes.
SELECT count(*) AS "items INT", coalesce(max(id), 0) AS "newest INT",
       CAST(coalesce(sum(version), 0) AS BIGINT) AS "versions INT", max(changed_at) AS "changed INSTANT?"
  FROM wheel_item WHERE year = :year AND cancelled_at IS NULL;

-- wheel_import_add(year, campus, ring, language, name, kind, sent_by, sent_at, file) -> wheel_import_id
INSERT INTO wheel_import (year, campus, ring, language, name, kind, state, sent_by, sent_at, file)
VALUES (:year, :campus, :ring, :language, :name, :kind, 'looked', :sent_by, :sent_at, :file)
RETURNING id;

-- wheel_import_by_id(id wheel_import) -> wheel_import?
SELECT * FROM wheel_import WHERE id = :id;

-- wheel_imports_of(year school_year, campus) -> wheel_import_line[]
-- Without the files, the newest first.
SELECT m.id, m.name, m.state, m.added, m.changed, m.sent_by, m.sent_at, m.made_at
  FROM wheel_import m
 WHERE m.year = :year AND m.campus IS NOT DISTINCT FROM :campus
 ORDER BY m.sent_at DESC, m.id DESC LIMIT 30;

-- wheel_import_next() -> wheel_import?
-- The oldest that is under way.
SELECT * FROM wheel_import WHERE state = 'running' OR state = 'dropping' ORDER BY id LIMIT 1;

-- wheel_import_run(id wheel_import, stamp, added, changed, sent_by) -> changed
-- any campus: because the caller has found it at its own place.
UPDATE wheel_import SET state = 'running', moved = FALSE, stamp = :stamp, added = :added, changed = :changed,
       sent_by = :sent_by
 WHERE id = :id AND state = 'looked';

-- wheel_import_drop(id wheel_import) -> changed
-- any campus: because a job does it.
UPDATE wheel_import SET state = 'dropping' WHERE id = :id AND state = 'running';

-- wheel_import_look_again(id wheel_import) -> changed
-- any campus: because a job does it.
UPDATE wheel_import SET state = 'looked', moved = TRUE WHERE id = :id AND state = 'dropping';

-- wheel_import_made(id wheel_import, made_at, file) -> changed
-- any campus: because a job does it. The file has been taken in and is not kept.
UPDATE wheel_import SET state = 'made', made_at = :made_at, file = :file
 WHERE id = :id AND state = 'running';

-- wheel_import_undone(id wheel_import) -> changed
-- any campus: because the caller has found it at its own place.
UPDATE wheel_import SET state = 'undone' WHERE id = :id AND state = 'made';

-- wheel_import_forget(id wheel_import) -> changed
-- any campus: because the caller has found it at its own place.
DELETE FROM wheel_import WHERE id = :id AND state = 'looked';

-- wheel_import_forget_old(before INSTANT) -> changed
-- any campus: because what nobody took in is not kept anywhere.
DELETE FROM wheel_import WHERE state = 'looked' AND sent_at < :before;

-- wheel_import_item_mark(id wheel_item, campus, uid, import, cancelled_at) -> changed
UPDATE wheel_item SET uid = :uid, import = :import, cancelled_at = :cancelled_at
 WHERE id = :id AND campus IS NOT DISTINCT FROM :campus;

-- wheel_import_items(import) -> INT
SELECT count(*) AS "n INT" FROM wheel_item WHERE import = :import;

-- wheel_import_some(import, most INT) -> wheel_import_some[]
SELECT id, series FROM wheel_item WHERE import = :import ORDER BY id LIMIT :most;

-- wheel_import_item_drop(id wheel_item) -> changed
-- any campus: because nobody has seen it yet.
DELETE FROM wheel_item WHERE id = :id AND import IS NOT NULL AND cancelled_at IS NOT NULL;

-- wheel_import_scope_clear(item) -> changed
-- any campus: because nobody has seen the item yet.
DELETE FROM wheel_item_scope WHERE item = :item;

-- wheel_import_series_drop(id wheel_series) -> changed
DELETE FROM wheel_series WHERE id = :id AND key = '';

-- wheel_import_show(import, changed_at) -> changed
-- any campus: because all of it is seen at once.
UPDATE wheel_item SET cancelled_at = NULL, changed_at = :changed_at WHERE import = :import;

-- wheel_import_take_back(import, cancelled_at) -> changed
-- any campus: because all of it goes at once. What somebody has changed, answered or added to stays.
UPDATE wheel_item SET cancelled_at = :cancelled_at, changed_at = :cancelled_at, version = version + 1
 WHERE import = :import AND version = 1 AND cancelled_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM wheel_answer a WHERE a.item = wheel_item.id)
   AND NOT EXISTS (SELECT 1 FROM wheel_material m WHERE m.item = wheel_item.id)
   AND NOT EXISTS (SELECT 1 FROM wheel_proposal p WHERE p.item = wheel_item.id);

-- wheel_import_stays(year, import) -> wheel_item[]
-- What an undone import has left: those it brought, and those it changed and did not take back.
SELECT * FROM wheel_item
 WHERE year = :year AND cancelled_at IS NULL AND (import = :import OR id IN (
       SELECT w.item FROM wheel_import_was w WHERE w.import = :import AND w.restored = FALSE))
 ORDER BY starts, ends, id;

-- wheel_import_was_add(import, item, version, line) -> changed
INSERT INTO wheel_import_was (import, item, version, line) VALUES (:import, :item, :version, :line);

-- wheel_import_was_of(import) -> wheel_import_was[]
SELECT * FROM wheel_import_was WHERE import = :import ORDER BY id;

-- wheel_import_was_restored(id wheel_import_was) -> changed
UPDATE wheel_import_was SET restored = TRUE WHERE id = :id;

-- wheel_imports_before(before INSTANT) -> INT
-- Those that nobody came back to.
SELECT count(*) AS "n INT" FROM wheel_import WHERE state = 'looked' AND sent_at < :before;
