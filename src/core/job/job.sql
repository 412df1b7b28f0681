-- job_run_find(name) -> job_run?
SELECT * FROM job_run WHERE name = :name;

-- job_run_note(name, ran_at) -> changed
INSERT INTO job_run (name, ran_at) VALUES (:name, :ran_at)
ON CONFLICT (name) DO UPDATE SET ran_at = excluded.ran_at;

-- job_lease_take(node, until, now INSTANT) -> changed
-- No row changes while another node holds it.
INSERT INTO job_lease (key, node, until) VALUES ('jobs', :node, :until)
ON CONFLICT (key) DO UPDATE SET node = excluded.node, until = excluded.until
 WHERE job_lease.node = excluded.node OR job_lease.until < :now;

-- job_lease_give_back(node, now INSTANT) -> changed
UPDATE job_lease SET until = :now WHERE node = :node;

-- job_lease_is_free(node, now INSTANT) -> BOOL
SELECT NOT EXISTS (SELECT 1 FROM job_lease WHERE node <> :node AND until >= :now) AS "free BOOL";
