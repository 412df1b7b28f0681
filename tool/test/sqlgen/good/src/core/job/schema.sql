-- Core's own: no room reads it.
CREATE TABLE job_run (
  id     ID PRIMARY KEY,
  name   TEXT NOT NULL UNIQUE,
  ran_at INSTANT NOT NULL
);
