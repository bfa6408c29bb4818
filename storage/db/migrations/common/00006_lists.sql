-- What lists of a million reports need. place is the order of all lists, unique
-- and newer for later reports: microseconds received × 1024, and below that the
-- report's id (see catalog). Every filter that pages offer has an index in that
-- order. Reports of before are found by search after a rebuild only.

-- +goose Up
alter table reports add column place bigint not null default 0;
alter table reports add column texted boolean not null default false; -- more than title, agency and file name is indexed
update reports set place = received_us * 1024 + (select count(*) from reports o where o.received_us = reports.received_us and o.id < reports.id);
alter table findings add column place bigint not null default 0;
alter table findings add column first boolean not null default true;  -- of the rule's findings in the report
update findings set place = (select place from reports where id = report_id),
    first = not exists (select 1 from findings e where e.report_id = findings.report_id and e.rule = findings.rule and e.severity < findings.severity);

drop index reports_newest;
drop index reports_year;
drop index findings_rule;
create unique index reports_place on reports (place);
create index reports_year on reports (report_year, place);
create index reports_status on reports (status, place);
create index reports_year_status on reports (report_year, status, place);
create index reports_failed on reports (place) where state = 'failed';
create index reports_year_failed on reports (report_year, place) where state = 'failed';
create index reports_form on reports (form, place);
create index reports_form_year on reports (form, report_year, place);
create index reports_form_year_status on reports (form, report_year, status, place);
create index reports_agency on reports (agency_folded, report_year, place);
create index reports_body on reports (body_id, report_year, place);
create index reports_body_list on reports (body_list, place);
create index findings_rule on findings (rule, place) where first;

-- +goose Down
drop index findings_rule;
drop index reports_body_list;
drop index reports_body;
drop index reports_agency;
drop index reports_form_year_status;
drop index reports_form_year;
drop index reports_form;
drop index reports_year_failed;
drop index reports_failed;
drop index reports_year_status;
drop index reports_status;
drop index reports_year;
drop index reports_place;
alter table findings drop column first;
alter table findings drop column place;
alter table reports drop column texted;
alter table reports drop column place;
create index findings_rule on findings (rule, report_id);
create index reports_year on reports (report_year);
create index reports_newest on reports (received_us desc, id desc);
