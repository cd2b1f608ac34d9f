-- A province tells its own districts, whatever the service asks for.
ALTER TABLE announcement_delivery ADD CONSTRAINT announcement_delivery_within_reach
    FOREIGN KEY (district_id, owner_province) REFERENCES district (id, province_code);
