-- --- organisations ---

-- organisations() -> organisation[]
-- Those that have not ended.
SELECT * FROM organisation WHERE ended_at IS NULL ORDER BY id;

-- organisations_ended() -> organisation[]
SELECT * FROM organisation WHERE ended_at IS NOT NULL ORDER BY id;

-- organisation_by_id(id organisation) -> organisation?
SELECT * FROM organisation WHERE id = :id;

-- organisation_by_key(key) -> organisation?
SELECT * FROM organisation WHERE key = :key;

-- organisation_add(key, name, type, municipality, does, url) -> organisation_id
INSERT INTO organisation (key, name, type, municipality, does, url)
VALUES (:key, :name, :type, :municipality, :does, :url)
RETURNING id;

-- organisation_change(id organisation, name, type, municipality, does, url, version) -> changed
UPDATE organisation SET name = :name, type = :type, municipality = :municipality, does = :does, url = :url,
  version = version + 1
 WHERE id = :id AND version = :version AND ended_at IS NULL;

-- organisation_end(id organisation, ended_at, version) -> changed
UPDATE organisation SET ended_at = :ended_at, version = version + 1
 WHERE id = :id AND version = :version AND ended_at IS NULL;

-- organisation_return(id organisation, version) -> changed
UPDATE organisation SET ended_at = NULL, version = version + 1
 WHERE id = :id AND version = :version AND ended_at IS NOT NULL;

-- organisation_campuses() -> organisation_campus[]
SELECT * FROM organisation_campus ORDER BY organisation, campus;

-- organisation_campuses_of(organisation) -> organisation_campus[]
SELECT * FROM organisation_campus WHERE organisation = :organisation ORDER BY campus;

-- organisation_campus_add(organisation, campus) -> changed
INSERT INTO organisation_campus (organisation, campus) VALUES (:organisation, :campus)
ON CONFLICT (organisation, campus) DO NOTHING;

-- organisation_campus_drop(organisation, campus) -> changed
DELETE FROM organisation_campus WHERE organisation = :organisation AND campus = :campus;

-- --- who acts for it ---

-- organisations_of_person(person) -> organisation[]
SELECT o.* FROM organisation o JOIN organisation_member m ON m.organisation = o.id
 WHERE m.person = :person AND m.ended_at IS NULL AND o.ended_at IS NULL ORDER BY o.id;

-- organisation_members_of(organisation) -> organisation_member[]
SELECT * FROM organisation_member WHERE organisation = :organisation AND ended_at IS NULL ORDER BY id;

-- organisation_member_find(id organisation_member) -> organisation_member?
SELECT * FROM organisation_member WHERE id = :id;

-- organisation_member_add(organisation, person, given_at) -> changed
INSERT INTO organisation_member (organisation, person, given_at) VALUES (:organisation, :person, :given_at)
ON CONFLICT (organisation, person) WHERE ended_at IS NULL DO NOTHING;

-- organisation_member_load(organisation, person, given_at) -> changed
-- Only once: what was ended since is not given again.
INSERT INTO organisation_member (organisation, person, given_at)
SELECT :organisation, :person, :given_at
 WHERE NOT EXISTS (SELECT 1 FROM organisation_member m WHERE m.organisation = :organisation AND m.person = :person);

-- organisation_member_end(id organisation_member, ended_at) -> changed
UPDATE organisation_member SET ended_at = :ended_at WHERE id = :id AND ended_at IS NULL;

-- organisation_members_end(organisation, ended_at) -> changed
UPDATE organisation_member SET ended_at = :ended_at WHERE organisation = :organisation AND ended_at IS NULL;

-- organisation_members_end_of_person(person, ended_at) -> changed
UPDATE organisation_member SET ended_at = :ended_at WHERE person = :person AND ended_at IS NULL;

-- --- whom to call there ---

-- organisation_contacts_of(organisation) -> organisation_contact[]
SELECT * FROM organisation_contact WHERE organisation = :organisation AND ended_at IS NULL ORDER BY id;

-- organisation_contact_find(id organisation_contact) -> organisation_contact?
SELECT * FROM organisation_contact WHERE id = :id;

-- organisation_contact_add(organisation, name, task, email, phone) -> organisation_contact_id
INSERT INTO organisation_contact (organisation, name, task, email, phone)
VALUES (:organisation, :name, :task, :email, :phone)
RETURNING id;

-- organisation_contact_change(id organisation_contact, name, task, email, phone, version) -> changed
UPDATE organisation_contact SET name = :name, task = :task, email = :email, phone = :phone, version = version + 1
 WHERE id = :id AND version = :version AND ended_at IS NULL;

-- organisation_contact_end(id organisation_contact, ended_at) -> changed
UPDATE organisation_contact SET ended_at = :ended_at WHERE id = :id AND ended_at IS NULL;

-- --- what was agreed ---

-- organisation_agreements_of(organisation) -> organisation_agreement[]
-- Those that hold longest first.
SELECT * FROM organisation_agreement WHERE organisation = :organisation AND cancelled_at IS NULL
 ORDER BY ends DESC NULLS FIRST, id;

-- organisation_agreements_on(organisation, day DATE) -> organisation_agreement[]
-- Those that hold on a day.
SELECT * FROM organisation_agreement
 WHERE organisation = :organisation AND cancelled_at IS NULL AND starts <= :day AND (ends IS NULL OR ends >= :day)
 ORDER BY id;

-- organisation_agreements_after(day DATE) -> organisation_agreement[]
-- Those of all organisations that hold on that day or begin later.
SELECT * FROM organisation_agreement WHERE cancelled_at IS NULL AND (ends IS NULL OR ends >= :day)
 ORDER BY organisation, ends NULLS LAST, id;

-- organisation_agreement_find(id organisation_agreement) -> organisation_agreement?
SELECT * FROM organisation_agreement WHERE id = :id;

-- organisation_agreement_add(organisation, title, starts, ends, number, url) -> organisation_agreement_id
INSERT INTO organisation_agreement (organisation, title, starts, ends, number, url)
VALUES (:organisation, :title, :starts, :ends, :number, :url)
RETURNING id;

-- organisation_agreement_change(id organisation_agreement, title, starts, ends, number, url, version) -> changed
UPDATE organisation_agreement SET title = :title, starts = :starts, ends = :ends, number = :number, url = :url,
  version = version + 1
 WHERE id = :id AND version = :version AND cancelled_at IS NULL;

-- organisation_agreement_cancel(id organisation_agreement, cancelled_at) -> changed
UPDATE organisation_agreement SET cancelled_at = :cancelled_at WHERE id = :id AND cancelled_at IS NULL;
