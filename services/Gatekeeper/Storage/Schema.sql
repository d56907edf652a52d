-- Keys are 128 bits of a SHA-256 over their parts (contracts/StableId.cs): fixed width, so that the indexes stay small
-- and flat however long the texts are. The texts stand beside them.

create table if not exists accounts (
    account_key uuid primary key,
    account_id text not null,
    standing text not null,              -- admitted, refused, withdrawn
    revision bigint not null,
    source text not null,
    native_id text,
    name text,
    decided_at timestamptz not null default clock_timestamp());

-- Which account a key belongs to, and who says so. Two origins may say different things: then the key is ambiguous.
create table if not exists bindings (
    claim_key uuid not null,
    origin_key uuid not null,
    account_key uuid not null,
    account_id text not null,
    kind text not null,
    system text not null,
    value text not null,
    primary key (claim_key, origin_key));
create index if not exists bindings_origin on bindings (origin_key);

-- The newest version heard of whoever says something about keys: a record, a row of the user table, an account.
create table if not exists origins (
    origin_key uuid primary key,
    version bigint not null,
    tie uuid not null);

-- The accepted version of each child object.
create table if not exists objects (
    object_key uuid primary key,
    source text not null,
    object_type text not null,
    native_id text not null,
    observed_at timestamptz not null,
    tie uuid not null,
    account_key uuid not null,
    account_id text not null,
    claim_kind text not null,
    claim_system text,
    claim_value text not null,
    deleted boolean not null,
    data json,
    message_id text,
    trace_parent text,
    waited interval,
    accepted_at timestamptz not null default clock_timestamp());
create index if not exists objects_account on objects (account_key);

-- What waits: of each object at most one version, the newest, for each key that it waits for.
create table if not exists parked (
    object_key uuid not null,
    waits_for uuid not null,
    source text not null,
    object_type text not null,
    native_id text not null,
    observed_at timestamptz not null,
    tie uuid not null,
    claim_kind text not null,
    claim_system text,
    claim_value text not null,
    why text not null,                   -- unanswered, not_admitted, ambiguous
    body bytea not null,
    message_id text,
    trace_parent text,
    parked_at timestamptz not null,
    deadline timestamptz not null,
    primary key (object_key, waits_for));
create index if not exists parked_waits on parked (waits_for, parked_at, object_key);
create index if not exists parked_deadline on parked (deadline);

-- Keys that got an answer while children waited for them: work for the releaser.
create table if not exists releases (
    id uuid primary key,
    claim_key uuid not null,
    trigger text not null,
    trace_parent text,
    requested_at timestamptz not null default clock_timestamp());

-- What was given up; the messages themselves are in the queue of the dead.
create table if not exists dead (
    dead_letter_id uuid primary key,
    stream text not null,
    source text not null,
    object_type text,
    native_id text,
    object_key uuid,
    observed_at timestamptz,
    tie uuid,
    reason text not null,
    detail text not null,
    trace_parent text,
    died_at timestamptz not null default clock_timestamp());
create index if not exists dead_object on dead (object_key);

-- The accepted usage events, by the day of their own time; a day is dropped as a whole. Their key holds that time too: what
-- happened at another time is another event. What is of no day that has a part is in events_rest.
create table if not exists events (like objects including defaults, primary key (object_key, observed_at)) partition by range (observed_at);
create table if not exists events_rest partition of events default;

create table if not exists event_counts (
    source text not null,
    object_type text not null,
    slot int not null,
    accepted bigint not null,
    released bigint not null,
    primary key (source, object_type, slot));
