-- The list of bodies that must report, as the archive's newest record of it says,
-- and which body each report is of.

-- +goose Up
create table body_list (
    one      boolean not null primary key check (one), -- there is one row
    version  bigint  not null,                         -- 0: there was no list yet
    set_us   bigint  not null,
    set_by   text    not null
);
insert into body_list (one, version, set_us, set_by) values (true, 0, 0, '');

create table bodies (
    id       text    not null primary key,
    seq      bigint  not null, -- in tree order
    name     text    not null,
    aliases  text    not null, -- JSON
    kind     text    not null,
    level    text    not null,
    parent   text    not null, -- id, empty at the top
    excluded boolean not null,
    note     text    not null
);

-- body_id stays where a body leaves the list: a report attached by hand has it
-- again when the body comes back.
alter table reports add column body_by text not null default '';
alter table reports add column body_list bigint not null default 0; -- version of the list that body_id was proposed by

-- Which of the versions of a body's report for a year was chosen by hand. A choice
-- taken back stays, with no report, so that the last word is the one that counts.
create table body_choices (
    body_id     text   not null,
    report_year bigint not null,
    report_id   text,
    chosen_us   bigint not null,
    primary key (body_id, report_year)
);

-- +goose Down
drop table body_choices;
alter table reports drop column body_list;
alter table reports drop column body_by;
drop table bodies;
drop table body_list;
