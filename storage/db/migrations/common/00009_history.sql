-- What reports are compared by with others. Reports of before have neither until
-- the catalog is rebuilt.

-- +goose Up
alter table reports add column agency_key text not null default ''; -- the agency's name as those of one agency are alike (bodies.AgencyKey)
create index reports_agency_key on reports (agency_key, report_year);

-- The keys of reports' sentences (history.Sketch), a few dozen each.
create table sketches (
    hash  bigint not null,
    place bigint not null, -- of the report
    primary key (hash, place)
);
create index sketches_place on sketches (place);

-- +goose Down
drop table sketches;
drop index reports_agency_key;
alter table reports drop column agency_key;
