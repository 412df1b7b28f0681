-- practices_told(campus campus?, limit INT) -> diary_practice[]
-- The newest first.
SELECT * FROM diary_practice WHERE removed_at IS NULL AND (:campus IS NULL OR campus = :campus)
 ORDER BY id DESC LIMIT :limit;

-- practices_with(organisation, limit INT) -> diary_practice[]
SELECT * FROM diary_practice WHERE organisation = :organisation AND removed_at IS NULL ORDER BY id DESC LIMIT :limit;

-- practices_removed(campus, limit INT) -> diary_practice[]
SELECT * FROM diary_practice WHERE campus = :campus AND removed_at IS NOT NULL
 ORDER BY removed_at DESC NULLS LAST, id DESC LIMIT :limit;

-- practices_told_of(campus) -> INT
SELECT count(*) AS "n INT" FROM diary_practice WHERE campus = :campus AND removed_at IS NULL;

-- practice_by_id(id diary_practice, campus) -> diary_practice?
SELECT * FROM diary_practice WHERE id = :id AND campus = :campus;

-- practice_named_by(id diary_practice) -> diary_practice?
SELECT * FROM diary_practice WHERE id = :id;

-- practice_add(campus, words, language, often, organisation, partners, told_by, told_at) -> diary_practice_id
INSERT INTO diary_practice (campus, words, language, often, organisation, partners, told_by, told_at)
VALUES (:campus, :words, :language, :often, :organisation, :partners, :told_by, :told_at)
RETURNING id;

-- practice_change(id diary_practice, campus, words, language, often, organisation, partners, version) -> changed
UPDATE diary_practice SET words = :words, language = :language, often = :often, organisation = :organisation,
  partners = :partners, version = version + 1
 WHERE id = :id AND campus = :campus AND version = :version AND removed_at IS NULL;

-- practice_remove(id diary_practice, campus, removed_at, version) -> changed
UPDATE diary_practice SET removed_at = :removed_at, version = version + 1
 WHERE id = :id AND campus = :campus AND version = :version AND removed_at IS NULL;

-- practice_return(id diary_practice, campus, version) -> changed
UPDATE diary_practice SET removed_at = NULL, version = version + 1
 WHERE id = :id AND campus = :campus AND version = :version AND removed_at IS NOT NULL;

-- practice_join(id diary_practice, campus, series, version) -> changed
-- Without a series it is parted again.
UPDATE diary_practice SET series = :series, version = version + 1
 WHERE id = :id AND campus = :campus AND version = :version AND removed_at IS NULL;

-- practice_past_add(practice, version, words, language, often, organisation, partners, changed_at) -> changed
INSERT INTO diary_practice_past (practice, version, words, language, often, organisation, partners, changed_at)
VALUES (:practice, :version, :words, :language, :often, :organisation, :partners, :changed_at);

-- practice_pasts(practice) -> diary_practice_past[]
SELECT * FROM diary_practice_past WHERE practice = :practice ORDER BY version DESC;

-- practice_items(year school_year, campus) -> practice_item[]
-- What that campus has in the wheel of a year, common or its own.
SELECT i.id, i.series, i.campus, i.title FROM wheel_item i
 WHERE i.year = :year AND i.cancelled_at IS NULL AND (i.campus IS NULL OR i.campus = :campus)
   AND (NOT EXISTS (SELECT 1 FROM wheel_item_scope s WHERE s.item = i.id)
        OR EXISTS (SELECT 1 FROM wheel_item_scope s WHERE s.item = i.id AND s.campus = :campus))
 ORDER BY i.starts, i.id;

-- practice_item_by_id(id wheel_item) -> practice_item?
SELECT i.id, i.series, i.campus, i.title FROM wheel_item i WHERE i.id = :id;

-- practice_items_joined(year school_year) -> practice_item[]
-- What somebody has joined a practice to.
SELECT i.id, i.series, i.campus, i.title FROM wheel_item i
 WHERE i.series IN (SELECT p.series FROM diary_practice p WHERE p.series IS NOT NULL) AND i.year = :year
   AND i.cancelled_at IS NULL
 ORDER BY i.starts, i.id;
