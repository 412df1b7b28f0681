-- A way to sign in, keyed by who vouches for it: issuer 'local' is our own password, subject the address.
CREATE TABLE account (
  id       ID PRIMARY KEY,
  person   ID NOT NULL REFERENCES person,
  issuer   TEXT NOT NULL,
  subject  TEXT NOT NULL,
  password TEXT NOT NULL DEFAULT '',
  UNIQUE (issuer, subject)
);

-- A device that is signed in: one's own for a month, a shared one for a day. Only a digest of its token is kept.
CREATE TABLE session (
  id         ID PRIMARY KEY,
  token      TEXT NOT NULL UNIQUE,
  person     ID NOT NULL REFERENCES person,
  own_device BOOL NOT NULL,
  created_at INSTANT NOT NULL,
  expires_at INSTANT NOT NULL,
  ended_at   INSTANT
);
CREATE INDEX session_of_person ON session (person);

-- A mail that lets someone in: a link whose page has a button, and a code for the browser that asked, with its wrong
-- tries. Without a person no mail went out: the address is not known, and nothing may tell that.
CREATE TABLE sign_in (
  id         ID PRIMARY KEY,
  person     ID REFERENCES person,
  token      TEXT NOT NULL UNIQUE,
  code       TEXT NOT NULL,
  browser    TEXT NOT NULL,
  kept       TEXT NOT NULL DEFAULT '',
  expires_at INSTANT NOT NULL,
  tries      INT NOT NULL DEFAULT 0,
  spent_at   INSTANT
);
CREATE INDEX sign_in_of_person ON sign_in (person);
CREATE INDEX sign_in_of_browser ON sign_in (browser);

-- A form whose session had ended when it was sent: shown again, filled and unsent, to the same person. The path is
-- without its language: sent from the page in another one, it is sent.
CREATE TABLE kept_form (
  id         ID PRIMARY KEY,
  person     ID NOT NULL REFERENCES person,
  path       TEXT NOT NULL,
  body       TEXT NOT NULL,
  expires_at INSTANT NOT NULL,
  UNIQUE (person, path)
);
