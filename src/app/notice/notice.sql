-- notices_on(campus campus?, today DATE, limit INT) -> notice[]
-- What is read on a campus that day, the newest first: its own, and what is for all.
SELECT * FROM notice
 WHERE ended_at IS NULL AND starts <= :today AND ends >= :today AND (campus IS NULL OR campus = :campus)
 ORDER BY starts DESC, id DESC LIMIT :limit;

-- notices_of(campus campus?, limit INT) -> notice[]
-- All that were written for one campus, or for all of them, the newest first.
SELECT * FROM notice WHERE campus IS NOT DISTINCT FROM :campus ORDER BY id DESC LIMIT :limit;

-- notices_ahead(campus campus?, today DATE) -> INT
-- How many are read there now or will be.
SELECT count(*) AS "n INT" FROM notice
 WHERE campus IS NOT DISTINCT FROM :campus AND ended_at IS NULL AND ends >= :today;

-- notice_by_id(id notice) -> notice?
SELECT * FROM notice WHERE id = :id;

-- notice_add(campus, words, starts, ends, written_by, written_at) -> notice_id
INSERT INTO notice (campus, words, starts, ends, written_by, written_at)
VALUES (:campus, :words, :starts, :ends, :written_by, :written_at)
RETURNING id;

-- notice_change(id notice, campus, words, starts, ends, version) -> changed
UPDATE notice SET words = :words, starts = :starts, ends = :ends, version = version + 1
 WHERE id = :id AND campus IS NOT DISTINCT FROM :campus AND version = :version AND ended_at IS NULL;

-- notice_end(id notice, campus, ended_at, version) -> changed
UPDATE notice SET ended_at = :ended_at, version = version + 1
 WHERE id = :id AND campus IS NOT DISTINCT FROM :campus AND version = :version AND ended_at IS NULL;

-- notice_return(id notice, campus, version) -> changed
UPDATE notice SET ended_at = NULL, version = version + 1
 WHERE id = :id AND campus IS NOT DISTINCT FROM :campus AND version = :version AND ended_at IS NOT NULL;
