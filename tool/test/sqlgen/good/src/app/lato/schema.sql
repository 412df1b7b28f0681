-- A barn, by the hut it belongs to: it has no id of its own.
CREATE TABLE lato (
  kota ID NOT NULL REFERENCES kota,
  side TEXT NOT NULL CHECK (side IN ('left', 'right')),
  PRIMARY KEY (kota, side)
);

-- Who may put hay into a barn, and when: one at a time.
CREATE TABLE lato_turn (
  id    ID PRIMARY KEY,
  kota  ID NOT NULL REFERENCES kota,
  first DATE NOT NULL,
  last  DATE NOT NULL
);
-- sqlite:
CREATE TRIGGER lato_one_turn BEFORE INSERT ON lato_turn
  WHEN EXISTS (SELECT 1 FROM lato_turn t
               WHERE t.kota = NEW.kota AND t.first <= NEW.last AND t.last >= NEW.first)
BEGIN
  SELECT RAISE(ABORT, 'one turn at a time');
END;
-- postgres:
ALTER TABLE lato_turn ADD CONSTRAINT lato_one_turn
  EXCLUDE USING gist (int8range(kota, kota, '[]') WITH &&, daterange(first, last, '[]') WITH &&);
-- both:
CREATE INDEX lato_turn_of ON lato_turn (kota);
