-- organisations() -> organisation[]
-- Those that have not ended.
SELECT * FROM organisation WHERE ended_at IS NULL ORDER BY id;

-- organisation_by_id(id organisation) -> organisation?
SELECT * FROM organisation WHERE id = :id;

-- organisation_by_key(key) -> organisation?
SELECT * FROM organisation WHERE key = :key;

-- organisation_put(key, name, type, municipality, does, url) -> organisation_id
-- From a college's file; what was edited in the service since is written over.
INSERT INTO organisation (key, name, type, municipality, does, url)
VALUES (:key, :name, :type, :municipality, :does, :url)
ON CONFLICT (key) DO UPDATE SET name = :name, type = :type, municipality = :municipality, does = :does, url = :url,
  version = organisation.version + 1
RETURNING id;

-- organisation_campus_add(organisation, campus) -> changed
INSERT INTO organisation_campus (organisation, campus) VALUES (:organisation, :campus)
ON CONFLICT (organisation, campus) DO NOTHING;

-- organisation_campuses_of(organisation) -> organisation_campus[]
SELECT * FROM organisation_campus WHERE organisation = :organisation ORDER BY campus;

-- organisations_of_person(person) -> organisation[]
SELECT o.* FROM organisation o JOIN organisation_member m ON m.organisation = o.id
 WHERE m.person = :person AND m.ended_at IS NULL AND o.ended_at IS NULL ORDER BY o.id;

-- organisation_member_add(organisation, person, given_at) -> changed
INSERT INTO organisation_member (organisation, person, given_at) VALUES (:organisation, :person, :given_at)
ON CONFLICT (organisation, person) WHERE ended_at IS NULL DO NOTHING;

-- organisation_agreements_on(organisation, day DATE) -> organisation_agreement[]
-- Those that hold on a day.
SELECT * FROM organisation_agreement
 WHERE organisation = :organisation AND cancelled_at IS NULL AND starts <= :day AND (ends IS NULL OR ends >= :day)
 ORDER BY id;
