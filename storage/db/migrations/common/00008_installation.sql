-- Which archive this database is the catalog of.

-- +goose Up
create table installation (
    name  text not null primary key,
    value text not null
);

-- +goose Down
drop table installation;
