-- An organisation that does something with or for the students: youth work, a parish, a club, another school.
CREATE TABLE organisation (
  id           ID PRIMARY KEY,
  -- The word that a college's file has for it.
  key          TEXT NOT NULL DEFAULT '' CHECK (length(key) <= 60),
  name         TEXTS CHECK (length(name) <= 120),
  type         TEXT NOT NULL CHECK (type IN ('youth_work', 'outreach', 'workshop', 'ohjaamo', 'county_services',
                                             'parish', 'sports', 'ngo', 'police', 'rescue', 'library_culture',
                                             'adult_ed', 'employers', 'student_orgs', 'parents', 'housing',
                                             'school')),
  municipality ID REFERENCES municipality,
  does         TEXTS CHECK (length(does) <= 500),
  url          TEXT NOT NULL DEFAULT '' CHECK (length(url) <= 500),
  ended_at     INSTANT,
  version      INT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX organisation_by_key ON organisation (key) WHERE key <> '';

-- The campuses that it works with.
CREATE TABLE organisation_campus (
  id           ID PRIMARY KEY,
  organisation ID NOT NULL REFERENCES organisation,
  campus       ID NOT NULL REFERENCES campus,
  UNIQUE (organisation, campus)
);

-- Whom to call there: a work contact, nothing private.
CREATE TABLE organisation_contact (
  id           ID PRIMARY KEY,
  organisation ID NOT NULL REFERENCES organisation,
  name         TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  task         TEXT NOT NULL DEFAULT '' CHECK (length(task) <= 200),
  email        TEXT NOT NULL DEFAULT '' CHECK (length(email) <= 254),
  phone        TEXT NOT NULL DEFAULT '' CHECK (length(phone) <= 40),
  ended_at     INSTANT,
  version      INT NOT NULL DEFAULT 1
);
CREATE INDEX organisation_contact_of ON organisation_contact (organisation);

-- What was agreed on, how long it holds, and where the document is kept. Without a last day it holds until further
-- notice.
CREATE TABLE organisation_agreement (
  id           ID PRIMARY KEY,
  organisation ID NOT NULL REFERENCES organisation,
  title        TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  starts       DATE NOT NULL,
  ends         DATE,
  number       TEXT NOT NULL DEFAULT '' CHECK (length(number) <= 100),
  url          TEXT NOT NULL DEFAULT '' CHECK (length(url) <= 500),
  cancelled_at INSTANT,
  version      INT NOT NULL DEFAULT 1
);
CREATE INDEX organisation_agreement_of ON organisation_agreement (organisation);

-- Who acts for it when signed in.
CREATE TABLE organisation_member (
  id           ID PRIMARY KEY,
  organisation ID NOT NULL REFERENCES organisation,
  person       ID NOT NULL REFERENCES person,
  given_at     INSTANT NOT NULL,
  ended_at     INSTANT
);
CREATE UNIQUE INDEX organisation_member_now ON organisation_member (organisation, person) WHERE ended_at IS NULL;
CREATE INDEX organisation_member_of_person ON organisation_member (person);
