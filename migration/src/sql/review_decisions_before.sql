-- What was decided before: of evidence the last decision is known, of items each.
ALTER TABLE evidence NO FORCE ROW LEVEL SECURITY;
ALTER TABLE item_review NO FORCE ROW LEVEL SECURITY;
INSERT INTO review_decision
    (district_id, id, item_code, evidence_id, title, decision, comment, submitted_by, reviewer_id, reviewer_name, decided_at)
SELECT district_id, gen_random_uuid(), item_code, id, title, CASE status WHEN 'verified' THEN 'verified' ELSE 'returned' END,
    review_comment, submitted_by, reviewed_by, coalesce(reviewed_by_name, ''), reviewed_at
FROM evidence WHERE reviewed_at IS NOT NULL AND status <> 'withdrawn' AND reviewed_by <> submitted_by;
INSERT INTO review_decision (district_id, id, item_code, decision, comment, reviewer_id, reviewer_name, decided_at)
SELECT district_id, id, item_code, decision, comment, decided_by, decided_by_name, decided_at FROM item_review;
ALTER TABLE item_review FORCE ROW LEVEL SECURITY;
ALTER TABLE evidence FORCE ROW LEVEL SECURITY;
