-- What the first schema did not have.
CREATE TABLE lato (
  kota ID NOT NULL REFERENCES kota,
  side TEXT NOT NULL CHECK (side IN ('left', 'right')),
  PRIMARY KEY (kota, side)
);
ALTER TABLE kota ADD COLUMN dry BOOL NOT NULL DEFAULT TRUE;
-- sqlite:
UPDATE kota SET dry = 0 WHERE seats > 100;
-- postgres:
UPDATE kota SET dry = FALSE WHERE seats > 100;
