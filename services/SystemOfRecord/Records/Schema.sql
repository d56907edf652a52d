-- Every account-like record of every system, its newest version.
create table if not exists records (
    record_key uuid primary key,
    source text not null,
    native_id text not null,
    observed_at timestamptz not null,
    tie uuid not null,
    account_id text,
    account_key uuid,                    -- of the account_id, which may be too long for an index
    name text,
    join_date timestamptz,
    fields json not null,
    deleted boolean not null);
-- Records that were stored before these columns say nothing in them until they are read again.
alter table records add column if not exists emails text[] not null default '{}';
alter table records add column if not exists account_support_id text;
create index if not exists records_account on records (account_key) where account_key is not null;

-- "This record is the same account as that one", as the one side says; either side may say it.
create table if not exists record_links (
    record_key uuid not null,
    target_key uuid not null,
    target_system text not null,
    target_native_id text not null,
    primary key (record_key, target_key));
create index if not exists record_links_target on record_links (target_key);

-- How steady the values of a field are: how often a record that had one was observed again, and how often it had another then.
create table if not exists field_changes (
    source text not null,
    field text not null,
    observed bigint not null,
    changed bigint not null,
    primary key (source, field));

-- Numbers the cases in the order in which their facts were committed; one transaction at a time takes a number.
create sequence if not exists case_numbers;

-- Every set of rules that is or was in force; the highest version is. A set is never changed. Accounts are decided anew by a new set
-- page by page: how far that is stands here, so that whoever goes on knows.
create table if not exists rule_sets (
    version int primary key,
    system_of_record text not null,
    yaml text not null,
    author text not null,
    reason text not null,
    applied_at timestamptz not null default clock_timestamp(),
    returns_to int,
    accounts bigint not null,
    decided bigint not null default 0,
    decided_to uuid not null default '00000000-0000-0000-0000-000000000000',
    finished_at timestamptz);

create table if not exists dead (
    dead_letter_id uuid primary key,
    stream text not null,
    source text not null,
    native_id text,
    reason text not null,
    detail text not null,
    died_at timestamptz not null default clock_timestamp());
