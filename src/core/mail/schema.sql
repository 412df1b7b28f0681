-- A mail that waits, or was sent. Once sent its words are gone, for they may hold links that let
-- someone in. Without due_at it is not tried again by itself, and after until_at nobody would be helped by it. The body
-- is as letter.h has it.
CREATE TABLE outbox (
  id         ID PRIMARY KEY,
  message    TEXT NOT NULL UNIQUE CHECK (length(message) BETWEEN 1 AND 64),
  recipient  TEXT NOT NULL,
  subject    TEXT NOT NULL,
  body       TEXT NOT NULL,
  language   TEXT NOT NULL CHECK (language IN ('fi', 'sv', 'en')),
  -- An invitation that the mail brings, and what a calendar shall do with it.
  calendar   TEXT NOT NULL DEFAULT '',
  method     TEXT NOT NULL DEFAULT 'no' CHECK (method IN ('no', 'publish', 'request', 'cancel')),
  -- Where a mail program says for its reader that they want no more of them.
  unsubscribe TEXT NOT NULL DEFAULT '',
  queued_at  INSTANT NOT NULL,
  until_at   INSTANT NOT NULL,
  due_at     INSTANT,
  tries      INT NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT '',
  sent_at    INSTANT,
  CHECK (due_at IS NULL OR sent_at IS NULL)
);
CREATE INDEX outbox_due ON outbox (due_at);
CREATE INDEX outbox_queued ON outbox (queued_at);
