-- diary_entries(first DATE, last DATE, campus campus?, organisation organisation?, measure measure?, limit INT) -> diary_entry[]
-- The newest days first.
SELECT * FROM diary_entry
 WHERE day BETWEEN :first AND :last AND removed_at IS NULL AND (:campus IS NULL OR campus = :campus)
   AND (:organisation IS NULL OR organisation = :organisation) AND (:measure IS NULL OR measure = :measure)
 ORDER BY day DESC, id DESC LIMIT :limit;

-- diary_sums(first DATE, last DATE, campus campus?, organisation organisation?, measure measure?) -> diary_sum[]
SELECT campus, organisation, measure, count(*) AS "n INT" FROM diary_entry
 WHERE day BETWEEN :first AND :last AND removed_at IS NULL AND (:campus IS NULL OR campus = :campus)
   AND (:organisation IS NULL OR organisation = :organisation) AND (:measure IS NULL OR measure = :measure)
 GROUP BY campus, organisation, measure
 ORDER BY campus NULLS FIRST, organisation NULLS FIRST, measure NULLS FIRST;

-- diary_entries_with(organisation, first DATE, last DATE, limit INT) -> diary_entry[]
SELECT * FROM diary_entry
 WHERE organisation = :organisation AND day BETWEEN :first AND :last AND removed_at IS NULL
 ORDER BY day DESC, id DESC LIMIT :limit;

-- diary_removed_by(removed_by, limit INT) -> diary_entry[]
-- What a person took away, the newest first.
SELECT * FROM diary_entry WHERE removed_by = :removed_by AND removed_at IS NOT NULL
 ORDER BY removed_at DESC, id DESC LIMIT :limit;

-- diary_entry_by_id(id diary_entry) -> diary_entry?
SELECT * FROM diary_entry WHERE id = :id;

-- diary_entry_add(day, campus, organisation, measure, words, written_by, written_at) -> diary_entry_id
INSERT INTO diary_entry (day, campus, organisation, measure, words, written_by, written_at)
VALUES (:day, :campus, :organisation, :measure, :words, :written_by, :written_at)
RETURNING id;

-- diary_entry_change(id diary_entry, campus, day, becomes campus?, organisation, measure, words, version) -> changed
UPDATE diary_entry SET day = :day, campus = :becomes, organisation = :organisation, measure = :measure,
  words = :words, version = version + 1
 WHERE id = :id AND campus IS NOT DISTINCT FROM :campus AND version = :version AND removed_at IS NULL;

-- diary_entry_remove(id diary_entry, campus, removed_by, removed_at, version) -> changed
UPDATE diary_entry SET removed_at = :removed_at, removed_by = :removed_by, version = version + 1
 WHERE id = :id AND campus IS NOT DISTINCT FROM :campus AND version = :version AND removed_at IS NULL;

-- diary_entry_return(id diary_entry, campus, version) -> changed
UPDATE diary_entry SET removed_at = NULL, removed_by = NULL, version = version + 1
 WHERE id = :id AND campus IS NOT DISTINCT FROM :campus AND version = :version AND removed_at IS NOT NULL;

-- diary_past_add(entry, version, day, place, organisation, measure, words, changed_at) -> changed
INSERT INTO diary_entry_past (entry, version, day, place, organisation, measure, words, changed_at)
VALUES (:entry, :version, :day, :place, :organisation, :measure, :words, :changed_at);

-- diary_pasts(entry) -> diary_entry_past[]
SELECT * FROM diary_entry_past WHERE entry = :entry ORDER BY version DESC;
