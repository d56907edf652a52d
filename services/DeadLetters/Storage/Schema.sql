-- What could not be used, kept for good: the message as it came, why it is here, and what has become of it.
create table if not exists letters (
    id uuid primary key,
    reason text not null,
    sentence text not null,
    source text,
    object_type text,
    native_id text,
    exchange text not null,
    source_queue text not null,
    message_id text,
    waited_for text,
    body bytea not null,
    headers json not null,
    trace_parent text,
    counted_by_us boolean not null,      -- no other service counts it
    first_seen timestamptz not null,
    last_seen timestamptz not null default clock_timestamp(),
    times bigint not null default 1);
alter table letters add column if not exists state text not null default 'open';        -- open, replaying, settled, discarded
alter table letters add column if not exists group_key uuid not null default '00000000-0000-0000-0000-000000000000';
alter table letters add column if not exists routing_key text not null default '';
alter table letters add column if not exists envelope json;                             -- the properties with their types
alter table letters add column if not exists account_id text;                           -- as the body states it
alter table letters add column if not exists observed_at timestamptz;                   -- as the body states it
alter table letters add column if not exists died_at timestamptz;
alter table letters add column if not exists deaths int not null default 1;
alter table letters add column if not exists fate text;                                 -- of its last replay
alter table letters add column if not exists fate_detail text;
alter table letters add column if not exists successor uuid;                            -- the letter that its edited message became
alter table letters add column if not exists operation_id uuid;                         -- the last that touched it
alter table letters add column if not exists changed_at timestamptz;
alter table letters add column if not exists purge_at timestamptz;                      -- of a discarded one: when its contents go
create index if not exists letters_reason on letters (reason, first_seen);
create index if not exists letters_first_seen on letters (first_seen, id);
create index if not exists letters_state on letters (state, first_seen desc, id desc);
create index if not exists letters_groups on letters (state, group_key) include (first_seen, last_seen);
create index if not exists letters_object on letters (source, object_type, native_id);
create index if not exists letters_operation on letters (operation_id) where state = 'replaying';
create index if not exists letters_purge on letters (purge_at) where purge_at is not null;
-- What of a letter is searched: the headers and the beginning of the body. Beside it, for a letter changes its state and its words never do.
create table if not exists letter_words (letter_id uuid primary key, words text not null);
-- Text within words is found by its three-letter pieces where the server has the extension for it; without, each letter is looked at.
do $$
begin
    create extension if not exists pg_trgm;
exception when others then
    raise notice 'pg_trgm is not to be had: a search for text looks at every letter';
end $$;
do $$
declare place text;
begin
    select n.nspname into place from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm';
    if place is not null then
        execute format('create index if not exists letter_words_pieces on letter_words using gin (words %I.gin_trgm_ops)', place);
    end if;
end $$;

-- Failures that are alike: of one reason, by one consumer, of one kind of object, with a key or an exception of one shape. And what
-- people make of them.
create table if not exists letter_groups (
    group_key uuid primary key,
    reason text not null,
    source text,
    object_type text,
    source_queue text not null,
    shape text not null,
    made_at timestamptz not null default clock_timestamp(),
    triage text not null default 'new',  -- new, investigating, known
    owner text,
    note text,
    link text,
    quiet boolean not null default false,
    triaged_by text,
    triaged_at timestamptz);

-- What a person or a rule has ordered for many letters at once.
create table if not exists operations (
    id uuid primary key,
    idempotency_key text unique,
    kind text not null,                  -- replay, discard, restore
    state text not null,                 -- running, paused, stopped, cancelled, done
    author text not null,
    reason text not null,
    query text,
    pace double precision not null,      -- messages a second
    ramp boolean not null,
    stop_at double precision not null,   -- share of failures
    exchange text,                       -- where to, where that is not where they came from
    routing_key text,
    repair json,
    letters bigint not null,
    sent bigint not null default 0,
    accepted bigint not null default 0,
    parked bigint not null default 0,
    superseded bigint not null default 0,
    dead_again bigint not null default 0,
    handed_over bigint not null default 0,
    unknown bigint not null default 0,
    left_alone bigint not null default 0,
    asked_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    why text);
create index if not exists operations_asked on operations (asked_at desc, id);
create index if not exists operations_running on operations (asked_at) where state = 'running';

-- The fate of every letter of every replay.
create table if not exists operation_letters (
    operation_id uuid not null,
    position bigint not null,
    letter_id uuid not null,
    replay_id uuid not null default gen_random_uuid(),
    decider text,                        -- the queue whose decision counts; null for any
    is_told boolean not null,            -- whether somebody tells what became of it
    body bytea,                          -- where it was edited
    state text not null default 'waiting', -- waiting, sent, decided, left
    fate text,                           -- accepted, parked, superseded, dead_again, handed_over, unknown, left
    detail text,
    sent_at timestamptz,
    decided_at timestamptz,
    primary key (operation_id, position));
create unique index if not exists operation_letters_replay on operation_letters (replay_id);
create index if not exists operation_letters_letter on operation_letters (letter_id);
create index if not exists operation_letters_waiting on operation_letters (operation_id, position) where state = 'waiting';
create index if not exists operation_letters_sent on operation_letters (operation_id, sent_at) where state = 'sent';

-- What the keys of letters that waited in vain lead to now, as the gatekeeper says. It may be heard of a letter before that is here.
create table if not exists letter_answers (
    letter_id uuid primary key,
    account_id text,                     -- null: none any more
    said_at timestamptz not null,
    heard_at timestamptz not null default clock_timestamp());

-- By these, letters with an answer are replayed without anybody ordering it.
create table if not exists release_rules (
    id uuid primary key,
    name text not null unique,
    state text not null,                 -- on, off
    query text not null,
    most_a_day bigint not null,
    pace double precision not null,
    author text not null,
    reason text not null,
    made_at timestamptz not null default clock_timestamp(),
    why text,                            -- it is off
    changed_by text,
    changed_at timestamptz);
alter table operations add column if not exists rule_id uuid;
create index if not exists operations_rule on operations (rule_id, asked_at) where rule_id is not null;

-- What the page's cookies are sealed with, for all replicas.
create table if not exists cookie_keys (name text primary key, element text not null);

-- Who did or saw what. Rows are added and never changed, not even by this program.
create table if not exists audit (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    actor text not null,
    role text not null,
    action text not null,
    target text not null,
    detail text,
    result text not null);
create or replace function audit_stays() returns trigger language plpgsql as $$ begin raise exception 'the audit trail is only added to'; end $$;
create or replace trigger audit_stays before update or delete or truncate on audit for each statement execute function audit_stays();
