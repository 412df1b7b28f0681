-- outbox_add(message, recipient, subject, body, language, calendar, method, unsubscribe, queued_at, until_at) -> changed
INSERT INTO outbox (message, recipient, subject, body, language, calendar, method, unsubscribe, queued_at, due_at,
                    until_at)
VALUES (:message, :recipient, :subject, :body, :language, :calendar, :method, :unsubscribe, :queued_at, :queued_at,
        :until_at);

-- outbox_is_due(now INSTANT) -> BOOL
SELECT EXISTS (SELECT 1 FROM outbox WHERE due_at <= :now AND until_at > :now) AS "due BOOL";

-- outbox_next(now INSTANT) -> outbox?
-- The mail that has been due for longest, of those that still help their reader.
SELECT * FROM outbox WHERE due_at <= :now AND until_at > :now ORDER BY due_at, id LIMIT 1;

-- outbox_claim(id outbox, due_at) -> changed
-- Counts the try before it is made: one that nobody lives to tell of has failed.
UPDATE outbox SET due_at = :due_at, tries = tries + 1 WHERE id = :id;

-- outbox_sent(id outbox, sent_at) -> changed
UPDATE outbox SET sent_at = :sent_at, due_at = NULL, body = '', calendar = '', last_error = ''
 WHERE id = :id;

-- outbox_failed(id outbox, last_error) -> changed
UPDATE outbox SET last_error = :last_error WHERE id = :id AND sent_at IS NULL;

-- outbox_give_up(id outbox, last_error) -> changed
UPDATE outbox SET last_error = :last_error, due_at = NULL WHERE id = :id AND sent_at IS NULL;

-- outbox_give_up_over(now INSTANT, last_error) -> changed
-- Those that would help nobody any more; what a server said of them is kept.
UPDATE outbox SET last_error = CASE WHEN last_error = '' THEN :last_error ELSE last_error END, due_at = NULL
 WHERE due_at IS NOT NULL AND until_at <= :now;

-- outbox_retry(id outbox, due_at, until_at) -> changed
UPDATE outbox SET due_at = :due_at, until_at = :until_at WHERE id = :id AND sent_at IS NULL AND body <> '';

-- outbox_count_waiting() -> INT
SELECT count(*) AS "waiting INT" FROM outbox WHERE due_at IS NOT NULL;

-- outbox_lines(limit INT) -> outbox_line[]
SELECT id, recipient, subject, queued_at, due_at, sent_at, tries, last_error FROM outbox
 ORDER BY id DESC LIMIT :limit;

-- outbox_blank_before(before INSTANT) -> changed
-- The words of mails that were given up.
UPDATE outbox SET body = '', calendar = '' WHERE due_at IS NULL AND body <> '' AND queued_at < :before;

-- outbox_forget_before(before INSTANT) -> changed
DELETE FROM outbox WHERE due_at IS NULL AND queued_at < :before;
