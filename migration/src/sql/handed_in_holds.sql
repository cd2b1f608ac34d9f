-- Only an application that was handed in has its district: reviewers see it and can reject it. A draft nobody sees.
DROP INDEX registration_live;
CREATE UNIQUE INDEX registration_live ON registration (district_code)
    WHERE status IN ('submitted', 'endorsed', 'returned');
