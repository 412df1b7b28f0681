-- When a job that comes seldom last ran well, so that a new start does not run it again too early.
CREATE TABLE job_run (
  id     ID PRIMARY KEY,
  name   TEXT NOT NULL UNIQUE,
  ran_at INSTANT NOT NULL
);

-- Which of several nodes does the jobs, and until when it need not say so again. One row.
CREATE TABLE job_lease (
  id    ID PRIMARY KEY,
  key   TEXT NOT NULL UNIQUE CHECK (key = 'jobs'),
  node  TEXT NOT NULL,
  until INSTANT NOT NULL
);
