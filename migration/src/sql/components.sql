-- Which components there are is said once, in the program: a kind of record belongs to one of them.
ALTER TABLE setup_record DROP CONSTRAINT setup_record_component_check;

-- Who is in charge of an item stands in item_progress only; there what was kept here goes, unless somebody is named already.
-- The owner of the tables is held to row level security too, and a migration has no district.
ALTER TABLE setup_responsibility NO FORCE ROW LEVEL SECURITY;
ALTER TABLE item_progress NO FORCE ROW LEVEL SECURITY;
ALTER TABLE setup_record NO FORCE ROW LEVEL SECURITY;
-- There an assignee has an account; somebody without one is kept by name in the note.
INSERT INTO item_progress (district_id, id, item_code, assignee_id, due_on, note, created_at, updated_at)
SELECT r.district_id, r.id, r.subject, r.account_id, r.due_on, concat_ws(E'\n', s.title, NULLIF(r.note, '')),
       r.created_at, r.updated_at
FROM setup_responsibility r LEFT JOIN setup_record s ON s.district_id = r.district_id AND s.id = r.staff_id
WHERE r.subject ~ '^[A-Z]{3}-[0-9]+$'
ON CONFLICT (district_id, item_code) DO NOTHING;
DELETE FROM setup_responsibility WHERE subject ~ '^[A-Z]{3}-[0-9]+$';
ALTER TABLE setup_responsibility FORCE ROW LEVEL SECURITY;
ALTER TABLE item_progress FORCE ROW LEVEL SECURITY;
ALTER TABLE setup_record FORCE ROW LEVEL SECURITY;
ALTER TABLE setup_responsibility RENAME COLUMN subject TO component;
COMMENT ON COLUMN setup_responsibility.component IS 'the word of a component, e.g. staff';

-- With which file of the standard a summary was made: a proposal may change without a new version.
ALTER TABLE readiness_summary ADD COLUMN standard_fingerprint text;
