-- journal_page(before INT, most INT) -> journal[]
-- What happened before an entry, the newest first.
SELECT * FROM journal WHERE id < :before ORDER BY id DESC LIMIT :most;
