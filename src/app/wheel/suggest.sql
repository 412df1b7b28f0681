-- wheel_proposal_add(item, words, language, proposed_by, proposed_at) -> wheel_proposal_id
-- Of a change to an item.
INSERT INTO wheel_proposal (item, words, language, proposed_by, proposed_at)
VALUES (:item, :words, :language, :proposed_by, :proposed_at)
RETURNING id;

-- wheel_proposal_add_new(campus, title, week, words, language, proposed_by, proposed_at) -> wheel_proposal_id
-- Of a new item.
INSERT INTO wheel_proposal (campus, title, week, words, language, proposed_by, proposed_at)
VALUES (:campus, :title, :week, :words, :language, :proposed_by, :proposed_at)
RETURNING id;

-- wheel_proposal_by_id(id wheel_proposal) -> wheel_proposal?
SELECT * FROM wheel_proposal WHERE id = :id;

-- wheel_proposals_open() -> wheel_proposal[]
SELECT * FROM wheel_proposal WHERE verdict = 'open' ORDER BY id;

-- wheel_proposals_open_n() -> INT
SELECT count(*) AS "n INT" FROM wheel_proposal WHERE verdict = 'open';

-- wheel_proposals_open_by(proposed_by) -> INT
SELECT count(*) AS "n INT" FROM wheel_proposal WHERE proposed_by = :proposed_by AND verdict = 'open';

-- wheel_proposals_of(item) -> wheel_proposal[]
SELECT * FROM wheel_proposal WHERE item = :item ORDER BY id;

-- wheel_proposals_by(proposed_by, limit INT) -> wheel_proposal[]
-- The newest first.
SELECT * FROM wheel_proposal WHERE proposed_by = :proposed_by ORDER BY id DESC LIMIT :limit;

-- wheel_proposal_settle(id wheel_proposal, verdict, reply, made, settled_at) -> changed
-- any campus: because those who plan for all of them answer.
UPDATE wheel_proposal SET verdict = :verdict, reply = :reply, made = :made, settled_at = :settled_at
 WHERE id = :id AND verdict = 'open';
