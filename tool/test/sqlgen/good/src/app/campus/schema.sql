CREATE TABLE campus (
  id   ID PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 2 AND 30),
  name TEXTS CHECK (length(name) <= 60)
);
