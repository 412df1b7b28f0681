-- letter_wish_of(person) -> letter_wish?
SELECT * FROM letter_wish WHERE person = :person;

-- letter_wish_put(person, monday, year) -> changed
INSERT INTO letter_wish (person, monday, year) VALUES (:person, :monday, :year)
ON CONFLICT (person) DO UPDATE SET monday = :monday, year = :year, version = letter_wish.version + 1;

-- letter_monday_is_due(monday DATE, before INSTANT) -> BOOL
-- Whether somebody who was here that morning has not been looked at.
SELECT EXISTS (SELECT 1 FROM person p LEFT JOIN letter_monday m ON m.person = p.id
 WHERE p.cancelled_at IS NULL AND p.created_at < :before AND (m.monday IS NULL OR m.monday < :monday)) AS "due BOOL";

-- letter_monday_left(monday DATE, before INSTANT, limit INT) -> person[]
SELECT p.* FROM person p LEFT JOIN letter_monday m ON m.person = p.id
 WHERE p.cancelled_at IS NULL AND p.created_at < :before AND (m.monday IS NULL OR m.monday < :monday)
 ORDER BY p.id LIMIT :limit;

-- letter_monday_mark(person, monday) -> changed
INSERT INTO letter_monday (person, monday) VALUES (:person, :monday)
ON CONFLICT (person) DO UPDATE SET monday = :monday WHERE letter_monday.monday < :monday;

-- letter_year_published(since INSTANT) -> school_year?
-- The year that was published not long ago.
SELECT * FROM school_year WHERE state = 'published' AND published_at > :since ORDER BY year DESC LIMIT 1;

-- letter_year_is_due(year) -> BOOL
SELECT EXISTS (SELECT 1 FROM person p LEFT JOIN letter_told t ON t.person = p.id AND t.year = :year
 WHERE p.cancelled_at IS NULL AND t.id IS NULL) AS "due BOOL";

-- letter_year_left(year, limit INT) -> person[]
SELECT p.* FROM person p LEFT JOIN letter_told t ON t.person = p.id AND t.year = :year
 WHERE p.cancelled_at IS NULL AND t.id IS NULL ORDER BY p.id LIMIT :limit;

-- letter_told_add(person, year) -> changed
INSERT INTO letter_told (person, year) VALUES (:person, :year)
ON CONFLICT (year, person) DO NOTHING;
