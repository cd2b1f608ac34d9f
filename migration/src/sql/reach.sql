-- A province tells its own districts, whatever the service asks for. What is there is held to it too, which the owner sees only
-- where row level security is not forced.
ALTER TABLE announcement_delivery NO FORCE ROW LEVEL SECURITY;
ALTER TABLE district NO FORCE ROW LEVEL SECURITY;
ALTER TABLE announcement_delivery ADD CONSTRAINT announcement_delivery_within_reach
    FOREIGN KEY (district_id, owner_province) REFERENCES district (id, province_code);
ALTER TABLE district FORCE ROW LEVEL SECURITY;
ALTER TABLE announcement_delivery FORCE ROW LEVEL SECURITY;

-- Before it is handed in an application concerns the applicant only.
CREATE POLICY submitted ON registration AS RESTRICTIVE FOR SELECT
    USING (COALESCE(current_setting('app.scope', true), '') <> 'oversight' OR submitted_at IS NOT NULL);
