-- account_find(issuer, subject) -> account?
SELECT * FROM account WHERE issuer = :issuer AND subject = :subject;

-- account_put(person, issuer, subject, password) -> changed
INSERT INTO account (person, issuer, subject, password) VALUES (:person, :issuer, :subject, :password)
ON CONFLICT (issuer, subject) DO UPDATE SET person = :person, password = :password;

-- account_passwords_drop(person) -> changed
UPDATE account SET password = '' WHERE person = :person;

-- session_find(token, now INSTANT) -> session?
SELECT * FROM session WHERE token = :token AND ended_at IS NULL AND expires_at > :now;

-- session_any(token) -> session?
-- Also one that has ended.
SELECT * FROM session WHERE token = :token;

-- session_add(token, person, own_device, created_at, expires_at) -> changed
INSERT INTO session (token, person, own_device, created_at, expires_at)
VALUES (:token, :person, :own_device, :created_at, :expires_at);

-- session_end(token, ended_at) -> changed
UPDATE session SET ended_at = :ended_at WHERE token = :token AND ended_at IS NULL;

-- sessions_end_of(person, ended_at) -> changed
UPDATE session SET ended_at = :ended_at WHERE person = :person AND ended_at IS NULL;

-- sessions_end_but(person, token, ended_at) -> changed
-- All of a person but the one with this token.
UPDATE session SET ended_at = :ended_at WHERE person = :person AND token <> :token AND ended_at IS NULL;

-- sessions_of(person, now INSTANT) -> session[]
SELECT * FROM session WHERE person = :person AND ended_at IS NULL AND expires_at > :now ORDER BY id;

-- session_end_one(id session, person, ended_at) -> changed
UPDATE session SET ended_at = :ended_at WHERE id = :id AND person = :person AND ended_at IS NULL;

-- sessions_forget(before INSTANT) -> changed
DELETE FROM session WHERE expires_at < :before;

-- sign_in_add(person, token, code, browser, kept, expires_at) -> changed
INSERT INTO sign_in (person, token, code, browser, kept, expires_at)
VALUES (:person, :token, :code, :browser, :kept, :expires_at);

-- sign_in_by_token(token, now INSTANT) -> sign_in?
SELECT * FROM sign_in WHERE token = :token AND spent_at IS NULL AND expires_at > :now;

-- sign_in_by_browser(browser, now INSTANT) -> sign_in?
-- The newest mail that this browser asked for.
SELECT * FROM sign_in WHERE browser = :browser AND spent_at IS NULL AND expires_at > :now
 ORDER BY id DESC LIMIT 1;

-- sign_in_try(id sign_in) -> changed
UPDATE sign_in SET tries = tries + 1 WHERE id = :id;

-- sign_in_spend(id sign_in, spent_at) -> changed
UPDATE sign_in SET spent_at = :spent_at, kept = '' WHERE id = :id AND spent_at IS NULL;

-- sign_ins_end_of(person, spent_at) -> changed
UPDATE sign_in SET spent_at = :spent_at, kept = '' WHERE person = :person AND spent_at IS NULL;

-- sign_ins_forget(before INSTANT) -> changed
DELETE FROM sign_in WHERE expires_at <= :before;

-- kept_form_put(person, path, body, expires_at) -> changed
INSERT INTO kept_form (person, path, body, expires_at) VALUES (:person, :path, :body, :expires_at)
ON CONFLICT (person, path) DO UPDATE SET body = :body, expires_at = :expires_at;

-- kept_forms_of(person, now INSTANT) -> kept_form[]
SELECT * FROM kept_form WHERE person = :person AND expires_at > :now ORDER BY id;

-- kept_form_drop(person, path) -> changed
DELETE FROM kept_form WHERE person = :person AND path = :path;

-- kept_forms_drop_of(person) -> changed
DELETE FROM kept_form WHERE person = :person;

-- kept_forms_forget(before INSTANT) -> changed
DELETE FROM kept_form WHERE expires_at <= :before;
