-- provider_find() -> provider?
SELECT * FROM provider WHERE id = 1;

-- provider_put(name, tagline, time_zone, year_start) -> changed
INSERT INTO provider (id, name, tagline, time_zone, year_start)
VALUES (1, :name, :tagline, :time_zone, :year_start)
ON CONFLICT (id) DO UPDATE SET name = :name, tagline = :tagline, time_zone = :time_zone,
  year_start = :year_start, version = provider.version + 1;

-- municipality_put(key, name) -> municipality_id
INSERT INTO municipality (key, name) VALUES (:key, :name)
ON CONFLICT (key) DO UPDATE SET name = :name
RETURNING id;

-- municipalities() -> municipality[]
SELECT * FROM municipality ORDER BY id;

-- municipality_by_key(key) -> municipality?
SELECT * FROM municipality WHERE key = :key;

-- campuses() -> campus[]
SELECT * FROM campus WHERE cancelled_at IS NULL ORDER BY position, id;

-- campuses_first(most INT) -> campus[]
SELECT * FROM campus WHERE cancelled_at IS NULL ORDER BY position, id LIMIT :most;

-- campuses_count() -> INT
SELECT count(*) AS "n INT" FROM campus WHERE cancelled_at IS NULL;

-- campus_names_since(first INSTANT) -> campus_name[]
SELECT id, name FROM campus WHERE cancelled_at IS NULL OR cancelled_at >= :first ORDER BY position, id;

-- campuses_with([ids] campus) -> campus[]
SELECT * FROM campus WHERE id IN [:ids] ORDER BY position, id;

-- campuses_since(first INSTANT) -> campus[]
SELECT * FROM campus WHERE cancelled_at IS NULL OR cancelled_at >= :first ORDER BY position, id;

-- campuses_ever() -> campus[]
SELECT * FROM campus ORDER BY position, id;

-- campus_by_slug(slug) -> campus?
SELECT * FROM campus WHERE slug = :slug;

-- campus_by_old_slug(slug) -> campus?
SELECT c.* FROM campus c JOIN campus_old_slug o ON o.campus = c.id WHERE o.slug = :slug;

-- campus_put(slug, name, character, municipality, language, color, position, working_days, students_suggest) -> campus_id
INSERT INTO campus (slug, name, character, municipality, language, color, position, working_days, students_suggest)
VALUES (:slug, :name, :character, :municipality, :language, :color, :position, :working_days, :students_suggest)
ON CONFLICT (slug) DO UPDATE SET name = :name, character = :character, municipality = :municipality,
  language = :language, color = :color, position = :position, working_days = :working_days,
  students_suggest = :students_suggest, version = campus.version + 1
RETURNING id;

-- campus_rename(id campus, slug) -> changed
UPDATE campus SET slug = :slug WHERE id = :id;

-- campus_end(id campus, cancelled_at) -> changed
UPDATE campus SET cancelled_at = :cancelled_at WHERE id = :id AND cancelled_at IS NULL;

-- campus_go_on(id campus) -> changed
UPDATE campus SET cancelled_at = NULL WHERE id = :id;

-- campus_terms_clear(campus, first INT) -> changed
DELETE FROM campus_term WHERE campus = :campus AND school_year >= :first;

-- campus_term_put(campus, school_year INT, term, students, staff) -> changed
INSERT INTO campus_term (campus, school_year, term, students, staff)
VALUES (:campus, :school_year, :term, :students, :staff)
ON CONFLICT (campus, school_year, term) DO UPDATE SET students = :students, staff = :staff;

-- campus_terms(campus) -> campus_term[]
SELECT * FROM campus_term WHERE campus = :campus ORDER BY school_year, id;

-- campus_breaks_clear(campus, first DATE) -> changed
DELETE FROM campus_break WHERE campus = :campus AND ends >= :first;

-- campus_term_find(campus, school_year INT, term) -> campus_term?
SELECT * FROM campus_term WHERE campus = :campus AND school_year = :school_year AND term = :term;

-- campus_break_put(campus, name, starts, ends) -> changed
INSERT INTO campus_break (campus, name, starts, ends) VALUES (:campus, :name, :starts, :ends)
ON CONFLICT (campus, starts) DO UPDATE SET name = :name, ends = :ends;

-- campus_breaks_between(campus, first DATE, last DATE) -> campus_break[]
SELECT * FROM campus_break WHERE campus = :campus AND ends >= :first AND starts <= :last
ORDER BY starts;

-- campus_breaks_everywhere(first DATE, last DATE) -> campus_break[]
-- Of all campuses that have not ended.
SELECT b.* FROM campus_break b JOIN campus c ON c.id = b.campus
 WHERE c.cancelled_at IS NULL AND b.ends >= :first AND b.starts <= :last
 ORDER BY b.campus, b.starts;

-- campus_helps(campus) -> campus_help[]
SELECT * FROM campus_help WHERE campus = :campus ORDER BY position;

-- campus_helps_clear(campus) -> changed
DELETE FROM campus_help WHERE campus = :campus;

-- campus_help_put(campus, position, who, how, contact, hours, languages, ask) -> changed
INSERT INTO campus_help (campus, position, who, how, contact, hours, languages, ask)
VALUES (:campus, :position, :who, :how, :contact, :hours, :languages, :ask);

-- campus_old_slug_put(slug, campus) -> changed
-- any campus: because a slug leads to the campus that had it last
INSERT INTO campus_old_slug (slug, campus) VALUES (:slug, :campus)
ON CONFLICT (slug) DO UPDATE SET campus = :campus;

-- campus_old_slug_clear(slug) -> changed
-- any campus: because it is the address of one again
DELETE FROM campus_old_slug WHERE slug = :slug;
