-- campus_put(slug, name) -> campus_id
-- A campus that is there gets the new name. */ This does not end the comment in C.
INSERT INTO campus (slug, name) VALUES (:slug, :name)
ON CONFLICT (slug) DO UPDATE SET name = :name
RETURNING id;
