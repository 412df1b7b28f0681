-- Two lines that everybody reads from one day until another: on one campus, or on all when `campus` is none.
CREATE TABLE notice (
  id         ID PRIMARY KEY,
  campus     ID REFERENCES campus,
  words      TEXTS,
  starts     DATE NOT NULL,
  ends       DATE NOT NULL,
  written_by ID NOT NULL REFERENCES person,
  written_at INSTANT NOT NULL,
  ended_at   INSTANT,
  version    INT NOT NULL DEFAULT 1,
  CHECK (ends >= starts)
);
CREATE INDEX notice_until ON notice (ends);
CREATE INDEX notice_of_campus ON notice (campus, id);
