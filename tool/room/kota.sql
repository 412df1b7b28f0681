-- kota_notes() -> kota_note[]
-- The newest first.
SELECT * FROM kota_note ORDER BY id DESC;

-- kota_note_add(words, noted_by, noted_at) -> kota_note_id
INSERT INTO kota_note (words, noted_by, noted_at) VALUES (:words, :noted_by, :noted_at)
RETURNING id;
