-- once_find(random) -> once?
SELECT * FROM once WHERE random = :random;

-- once_add(random, location, flash, at) -> changed
INSERT INTO once (random, location, flash, at) VALUES (:random, :location, :flash, :at);

-- once_drop_before(at) -> changed
DELETE FROM once WHERE at < :at;

-- once_any() -> once_id?
-- For /ready: whether the database answers at all.
SELECT id FROM once ORDER BY id LIMIT 1;
