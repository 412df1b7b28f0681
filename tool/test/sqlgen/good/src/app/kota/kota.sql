-- kota_add(campus, name, state, built, lit_at, seats, rent, height, dry, picture, marks, next_to) -> kota_id
-- Every type goes in…
INSERT INTO kota (campus, name, state, built, lit_at, seats, rent, height, dry, picture, marks, next_to)
VALUES (:campus, :name, :state, :built, :lit_at, :seats, :rent, :height, :dry, :picture, :marks, :next_to)
RETURNING id;

-- kota_by_id(id kota) -> kota?
-- … and comes out.
SELECT * FROM kota WHERE id = :id;

-- kota_name_set(id kota, campus, name, version) -> changed
UPDATE kota SET name = :name, version = version + 1
 WHERE id = :id AND campus IS NOT DISTINCT FROM :campus AND version = :version;

-- kota_all_closed() -> changed
-- any campus: because winter comes to all of them.
UPDATE kota SET state = 'closed' WHERE state <> 'closed';

-- kota_found(campus, from_day DATE?, word TEXT?, state kota_state?, [ids] kota) -> kota_line[]
-- What may be left out is left out by zero.
SELECT k.id, k.name, k.state, k.seats FROM kota k
 WHERE (:campus IS NULL OR k.campus = :campus) AND (:from_day IS NULL OR k.built >= :from_day)
   AND (:word IS NULL OR k.name_fi = :word) AND (:state IS NULL OR k.state = :state) AND k.id NOT IN [:ids]
 ORDER BY k.id;

-- kota_lines_of([ids] kota) -> kota_line[]
-- The same row from another query.
SELECT k.id, k.name, k.state, k.seats FROM kota k WHERE k.id IN [:ids] ORDER BY k.seats DESC, k.id LIMIT 10;

-- kota_count() -> INT
SELECT count(*) AS "n INT" FROM kota;

-- kota_state_now(id kota) -> kota_state?
SELECT state FROM kota WHERE id = :id;

-- kota_name_of(id kota) -> TEXTS
SELECT name FROM kota WHERE id = :id;

-- kota_sums() -> kota_sum
SELECT count(*) AS "huts INT", CAST(sum(seats) AS BIGINT) AS "seats INT?", min(built) AS "first DATE?",
  CAST(avg(height) AS DOUBLE PRECISION) AS "height REAL?"
  FROM kota;

-- kota_places() -> kota_place[]
-- An outer join says what may be missing; TEXTS are empty then, and have another name here.
SELECT k.id, k.name, c.id AS "place campus?", c.name AS place_name, o.seats AS "others INT?",
  o.state AS "its_state kota_state", o.dry AS "its_dryness BOOL", o.built AS "its_age DATE?"
  FROM kota k LEFT JOIN campus c ON c.id = k.campus LEFT JOIN kota o ON o.id = k.next_to
 ORDER BY k.id;

-- kota_guest_add(campus, kota, name, evening) -> changed
INSERT INTO kota_guest (campus, kota, name, evening) VALUES (:campus, :kota, :name, :evening)
ON CONFLICT (kota, evening, name) DO NOTHING;

-- kota_guests(campus, kota) -> kota_guest[]
SELECT * FROM kota_guest WHERE campus = :campus AND kota = :kota ORDER BY evening, name, id;

-- kota_guests_first(campus) -> kota_first[]
-- The first two of each hut.
WITH numbered AS (
  SELECT g.kota, g.name, row_number() OVER (PARTITION BY g.kota ORDER BY g.evening, g.id) AS place
    FROM kota_guest g WHERE g.campus = :campus)
SELECT n.kota AS "kota kota", n.name AS "who TEXT", n.place AS "place INT"
  FROM numbered n WHERE n.place <= 2 ORDER BY n.kota, n.place;

-- kota_words(campus) -> kota_word[]
SELECT g.name AS "word TEXT" FROM kota_guest g WHERE g.campus = :campus
UNION
SELECT c.slug AS "word TEXT" FROM campus c
ORDER BY 1;

-- kota_engine(n INT) -> kota_said
-- Two texts, where one does not do.
-- sqlite:
SELECT 'sqlite' AS "engine TEXT", :n AS "n INT";
-- postgres:
SELECT 'postgres' AS "engine TEXT", CAST(:n AS BIGINT) AS "n INT";
