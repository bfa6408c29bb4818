-- What lists tell of the review of reports. It follows from the record in the
-- archive; review_version is the number of the last statement there. Nobody has
-- reviewed anything yet: all findings are open.

-- +goose Up
alter table reports add column review_state text not null default 'unreviewed';
alter table reports add column marked_us bigint; -- when it came to be in that state
alter table reports add column open_errors bigint not null default 0;
alter table reports add column open_warnings bigint not null default 0;
alter table reports add column corrections bigint not null default 0;
alter table reports add column review_version bigint not null default 0;
update reports set open_errors = errors, open_warnings = warnings;
create index reports_review on reports (review_state, place);
create index reports_year_review on reports (report_year, review_state, place);

-- +goose Down
drop index reports_year_review;
drop index reports_review;
alter table reports drop column review_version;
alter table reports drop column corrections;
alter table reports drop column open_warnings;
alter table reports drop column open_errors;
alter table reports drop column marked_us;
alter table reports drop column review_state;
