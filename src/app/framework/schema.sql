-- The framework: five goals, seven measures, eight results. `key` is G1…, M1…, R1….
CREATE TABLE goal (
  id    ID PRIMARY KEY,
  key   TEXT NOT NULL UNIQUE,
  title TEXTS
);

CREATE TABLE measure (
  id    ID PRIMARY KEY,
  key   TEXT NOT NULL UNIQUE,
  title TEXTS
);

CREATE TABLE result (
  id    ID PRIMARY KEY,
  key   TEXT NOT NULL UNIQUE,
  title TEXTS
);

CREATE TABLE goal_measure (
  id      ID PRIMARY KEY,
  goal    ID NOT NULL REFERENCES goal,
  measure ID NOT NULL REFERENCES measure,
  UNIQUE (goal, measure)
);

CREATE TABLE goal_result (
  id     ID PRIMARY KEY,
  goal   ID NOT NULL REFERENCES goal,
  result ID NOT NULL REFERENCES result,
  UNIQUE (goal, result)
);

-- What a result is measured by, or a measure is seen in: what a room will give, as `room:figure`. `page` is where one
-- sees it already.
CREATE TABLE source (
  id    ID PRIMARY KEY,
  key   TEXT NOT NULL UNIQUE,
  title TEXTS,
  page  TEXT NOT NULL DEFAULT ''
);

CREATE TABLE result_source (
  id     ID PRIMARY KEY,
  result ID NOT NULL REFERENCES result,
  source ID NOT NULL REFERENCES source,
  UNIQUE (result, source)
);

-- Where one sees what is done for a measure, besides its items in the wheel.
CREATE TABLE measure_source (
  id      ID PRIMARY KEY,
  measure ID NOT NULL REFERENCES measure,
  source  ID NOT NULL REFERENCES source,
  UNIQUE (measure, source)
);
