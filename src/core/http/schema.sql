-- The answer to a form that was sent, by the random part of its hidden field: sent again it gets the same.
CREATE TABLE once (
  id       ID PRIMARY KEY,
  random   TEXT NOT NULL UNIQUE,
  location TEXT NOT NULL,
  flash    TEXT NOT NULL,
  at       INSTANT NOT NULL
);
CREATE INDEX once_at ON once (at);
