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

-- Where the evidence of a result comes from: `room:figure`, filled by the rooms as they are built.
CREATE TABLE result_source (
  id     ID PRIMARY KEY,
  result ID NOT NULL REFERENCES result,
  source TEXT NOT NULL,
  UNIQUE (result, source)
);
