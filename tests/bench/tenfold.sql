-- Every row inside districts ten times: what the page of all districts must not notice. The superuser runs it, past row level
-- security; summaries stay as they are.

INSERT INTO setup_record
SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'position', r.position + 1000 * n))).*
FROM setup_record r CROSS JOIN generate_series(1, 9) AS n;
INSERT INTO evidence
SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).*
FROM evidence e CROSS JOIN generate_series(1, 9) AS n;
VACUUM (ANALYZE) setup_record, evidence;
CHECKPOINT;
