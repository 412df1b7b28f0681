-- picture_told(id picture) -> picture_told?
-- Without the picture itself.
SELECT digest, width, height FROM picture WHERE id = :id;

-- picture_large(digest) -> picture_bytes?
SELECT large AS bytes FROM picture WHERE digest = :digest;

-- picture_small(digest) -> picture_bytes?
SELECT small AS bytes FROM picture WHERE digest = :digest;

-- picture_add(digest, width, height, large, small, given_by person?, given_at) -> changed
INSERT INTO picture (digest, width, height, large, small, given_by, given_at)
VALUES (:digest, :width, :height, :large, :small, :given_by, :given_at)
ON CONFLICT (digest) DO NOTHING;

-- picture_with(digest) -> picture_id
SELECT id FROM picture WHERE digest = :digest;

-- picture_drop(id picture) -> changed
DELETE FROM picture WHERE id = :id;
