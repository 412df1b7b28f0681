-- person_by_id(id person) -> person?
SELECT * FROM person WHERE id = :id;

-- person_by_email(email) -> person?
SELECT * FROM person WHERE email = :email;

-- person_by_key(key) -> person?
SELECT * FROM person WHERE key = :key;

-- people_all() -> person[]
SELECT * FROM person WHERE cancelled_at IS NULL ORDER BY id;

-- people_with_those_who_left() -> person[]
SELECT * FROM person ORDER BY id;

-- person_add(name, email, language, created_at) -> person_id
INSERT INTO person (name, email, language, created_at) VALUES (:name, :email, :language, :created_at)
RETURNING id;

-- person_return(id person, name, language) -> changed
UPDATE person SET cancelled_at = NULL, name = :name, language = :language, version = version + 1
 WHERE id = :id AND cancelled_at IS NOT NULL;

-- person_load(key, name, email, language, title, created_at) -> person_id
-- Of someone who is known the file says what no page does. It does not bring back who has left.
INSERT INTO person (key, name, email, language, title, created_at)
VALUES (:key, :name, :email, :language, :title, :created_at)
ON CONFLICT (email) DO UPDATE SET key = :key, name = :name, language = :language, title = :title,
  version = person.version + 1
RETURNING id;

-- person_email_set(id person, email) -> changed
UPDATE person SET email = :email, version = version + 1 WHERE id = :id;

-- person_end(id person, cancelled_at) -> changed
UPDATE person SET cancelled_at = :cancelled_at, version = version + 1
 WHERE id = :id AND cancelled_at IS NULL;

-- person_grants(person, today DATE) -> person_grant[]
-- The roles a person holds today.
SELECT r.role, r.campus FROM person_role r JOIN person p ON p.id = r.person
 WHERE r.person = :person AND r.ended_at IS NULL AND p.cancelled_at IS NULL
   AND (r.until IS NULL OR r.until >= :today)
 ORDER BY r.id;

-- person_roles_all(today DATE) -> person_role[]
-- Those that people who are here hold today.
SELECT r.* FROM person_role r JOIN person p ON p.id = r.person
 WHERE r.ended_at IS NULL AND (r.until IS NULL OR r.until >= :today) AND p.cancelled_at IS NULL
 ORDER BY r.person, r.id;

-- person_roles_of(person, today DATE) -> person_role[]
SELECT * FROM person_role WHERE person = :person AND ended_at IS NULL AND (until IS NULL OR until >= :today)
 ORDER BY id;

-- person_role_find(id person_role) -> person_role?
SELECT * FROM person_role WHERE id = :id;

-- person_role_held(person, role, campus, today DATE) -> person_role?
SELECT * FROM person_role
 WHERE person = :person AND role = :role AND campus IS NOT DISTINCT FROM :campus AND ended_at IS NULL
   AND (until IS NULL OR until >= :today)
 ORDER BY id LIMIT 1;

-- person_role_add(person, role, campus, until DATE?, given_by, given_at) -> changed
INSERT INTO person_role (person, role, campus, until, given_by, given_at)
VALUES (:person, :role, :campus, :until, :given_by, :given_at);

-- person_role_until_set(id person_role, campus, until DATE?) -> changed
UPDATE person_role SET until = :until WHERE id = :id AND campus IS NOT DISTINCT FROM :campus;

-- person_role_load(person, role, campus, until DATE?, given_at) -> changed
-- Only once: what was ended since is not given again.
INSERT INTO person_role (person, role, campus, until, given_at)
SELECT :person, :role, :campus, :until, :given_at
 WHERE NOT EXISTS (SELECT 1 FROM person_role r WHERE r.person = :person AND r.role = :role
                    AND r.campus IS NOT DISTINCT FROM :campus);

-- person_role_end(id person_role, campus, ended_at) -> changed
UPDATE person_role SET ended_at = :ended_at
 WHERE id = :id AND campus IS NOT DISTINCT FROM :campus AND ended_at IS NULL;

-- person_roles_end_of(person, ended_at) -> changed
-- any campus: because whoever has left holds nothing anywhere.
UPDATE person_role SET ended_at = :ended_at WHERE person = :person AND ended_at IS NULL;

-- duties() -> duty[]
SELECT * FROM duty ORDER BY id;

-- duty_put(key, name, role TEXT) -> duty_id
INSERT INTO duty (key, name, role) VALUES (:key, :name, :role)
ON CONFLICT (key) DO UPDATE SET name = :name, role = :role
RETURNING id;

-- person_duties_all() -> person_duty[]
SELECT * FROM person_duty WHERE ended_at IS NULL ORDER BY person, id;

-- person_duties(person) -> person_duty[]
SELECT * FROM person_duty WHERE person = :person AND ended_at IS NULL ORDER BY id;

-- person_duty_find(id person_duty) -> person_duty?
SELECT * FROM person_duty WHERE id = :id;

-- person_duty_add(person, duty, campus) -> changed
INSERT INTO person_duty (person, duty, campus)
SELECT :person, :duty, :campus
 WHERE NOT EXISTS (SELECT 1 FROM person_duty d WHERE d.person = :person AND d.duty = :duty
                    AND d.campus IS NOT DISTINCT FROM :campus AND d.ended_at IS NULL);

-- person_duty_load(person, duty, campus) -> changed
-- Only once, like a role.
INSERT INTO person_duty (person, duty, campus)
SELECT :person, :duty, :campus
 WHERE NOT EXISTS (SELECT 1 FROM person_duty d WHERE d.person = :person AND d.duty = :duty
                    AND d.campus IS NOT DISTINCT FROM :campus);

-- person_duty_end(id person_duty, campus, ended_at) -> changed
UPDATE person_duty SET ended_at = :ended_at
 WHERE id = :id AND campus IS NOT DISTINCT FROM :campus AND ended_at IS NULL;

-- person_duties_end_of(person, ended_at) -> changed
-- any campus: because whoever has left is responsible for nothing anywhere.
UPDATE person_duty SET ended_at = :ended_at WHERE person = :person AND ended_at IS NULL;

-- person_out_of(person, today DATE) -> person_out?
SELECT * FROM person_out WHERE person = :person AND ended_at IS NULL AND until >= :today;

-- people_out_for(deputy, today DATE) -> person_out[]
-- Whom somebody stands in for.
SELECT o.* FROM person_out o JOIN person p ON p.id = o.person
 WHERE o.deputy = :deputy AND o.ended_at IS NULL AND o.until >= :today AND p.cancelled_at IS NULL ORDER BY o.id;

-- person_out_add(person, deputy, until, told_at) -> person_out_id
INSERT INTO person_out (person, deputy, until, told_at) VALUES (:person, :deputy, :until, :told_at)
RETURNING id;

-- person_out_end(person, ended_at) -> changed
UPDATE person_out SET ended_at = :ended_at WHERE person = :person AND ended_at IS NULL;

-- person_out_end_for(deputy, ended_at) -> changed
UPDATE person_out SET ended_at = :ended_at WHERE deputy = :deputy AND ended_at IS NULL;

-- person_out_newest(person) -> person_out?
SELECT * FROM person_out WHERE person = :person ORDER BY id DESC LIMIT 1;

-- person_out_again(id person_out) -> changed
UPDATE person_out SET ended_at = NULL WHERE id = :id AND ended_at IS NOT NULL;

-- person_language_set(id person, language) -> changed
UPDATE person SET language = :language, version = version + 1 WHERE id = :id;
