-- journal_append(at, event, person INT, place INT, subject INT, was, becomes, salt, digest) -> journal_id
INSERT INTO journal (at, event, person, place, subject, was, becomes, salt, digest)
VALUES (:at, :event, :person, :place, :subject, :was, :becomes, :salt, :digest)
RETURNING id;

-- journal_rows_after(after INT, most INT) -> journal[]
SELECT * FROM journal WHERE id > :after ORDER BY id LIMIT :most;

-- journal_last() -> journal?
SELECT * FROM journal ORDER BY id DESC LIMIT 1;

-- journal_of(event, subject INT) -> journal[]
SELECT * FROM journal WHERE event = :event AND subject = :subject ORDER BY id;

-- journal_last_seal() -> journal_seal?
SELECT * FROM journal_seal ORDER BY id DESC LIMIT 1;

-- journal_seals() -> journal_seal[]
SELECT * FROM journal_seal ORDER BY id;

-- journal_seal_add(upto INT, head, at) -> changed
INSERT INTO journal_seal (upto, head, at) VALUES (:upto, :head, :at);

-- journal_erase_row(id journal) -> changed
-- The payload and its salt go; the digest stays, so the chain still holds.
UPDATE journal SET was = '', becomes = '', salt = '', erased = TRUE
 WHERE id = :id AND NOT erased;
