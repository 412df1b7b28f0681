-- space_sources() -> space_source[]
SELECT * FROM space_source WHERE ended_at IS NULL ORDER BY campus, id;

-- space_source_by_id(id space_source) -> space_source?
SELECT * FROM space_source WHERE id = :id;

-- space_source_add(campus, space, kind, name, url) -> space_source_id
INSERT INTO space_source (campus, space, kind, name, url) VALUES (:campus, :space, :kind, :name, :url) RETURNING id;

-- space_source_end(id space_source, ended_at) -> changed
-- any campus: because whoever may edit spaces ends any.
UPDATE space_source SET ended_at = :ended_at WHERE id = :id AND ended_at IS NULL;

-- space_source_checked(id space_source, checked_at, worked_at, etag, modified, trouble, status INT, left_out) -> changed
-- any campus: because a job reads them all.
UPDATE space_source
   SET checked_at = :checked_at, worked_at = :worked_at, etag = :etag, modified = :modified, trouble = :trouble,
       status = :status, left_out = :left_out
 WHERE id = :id;

-- space_source_hurry(id space_source) -> changed
-- any campus: because whoever may edit spaces has any read anew.
UPDATE space_source SET checked_at = NULL WHERE id = :id AND ended_at IS NULL;

-- space_sources_due(before INSTANT) -> space_source[]
SELECT * FROM space_source WHERE ended_at IS NULL AND (checked_at IS NULL OR checked_at < :before) ORDER BY id;

-- space_incoming_find(source space_source, uid, occasion) -> space_incoming?
SELECT * FROM space_incoming WHERE source = :source AND uid = :uid AND occasion = :occasion;

-- space_incoming_by_id(id space_incoming) -> space_incoming?
SELECT * FROM space_incoming WHERE id = :id;

-- space_incoming_add(source space_source, uid, occasion, title, place, starts, ends, whole_days, state, booking, seen_at) -> space_incoming_id
INSERT INTO space_incoming (source, uid, occasion, title, place, starts, ends, whole_days, state, booking, seen_at)
VALUES (:source, :uid, :occasion, :title, :place, :starts, :ends, :whole_days, :state, :booking, :seen_at)
RETURNING id;

-- space_incoming_change(id space_incoming, title, place, starts, ends, whole_days, state, booking, seen_at) -> changed
UPDATE space_incoming
   SET title = :title, place = :place, starts = :starts, ends = :ends, whole_days = :whole_days, state = :state,
       booking = :booking, seen_at = :seen_at
 WHERE id = :id;

-- space_incoming_gone(source space_source, seen_at, now INSTANT) -> space_incoming[]
-- Those ahead that the last reading did not find.
SELECT * FROM space_incoming
 WHERE source = :source AND seen_at < :seen_at AND state <> 'gone' AND ends > :now ORDER BY id;

-- space_incoming_set(id space_incoming, state) -> changed
UPDATE space_incoming SET state = :state WHERE id = :id;

-- space_incoming_new(now INSTANT, most INT) -> space_incoming[]
-- What nobody has looked through yet.
SELECT * FROM space_incoming WHERE state = 'new' AND ends > :now ORDER BY starts, id LIMIT :most;

-- space_incoming_show_all(source space_source, now INSTANT) -> changed
UPDATE space_incoming SET state = 'shown' WHERE source = :source AND state = 'new' AND ends > :now;

-- space_incoming_shown(campus, first INSTANT, last INSTANT) -> space_incoming[]
-- What is shown on a campus between first and last.
SELECT i.* FROM space_incoming i JOIN space_source s ON s.id = i.source
 WHERE s.campus = :campus AND s.ended_at IS NULL AND i.state = 'shown' AND i.starts < :last AND i.ends > :first
 ORDER BY i.starts, i.id;
