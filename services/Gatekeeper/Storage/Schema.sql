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

-- Every account_id that was decided on or that a record states, to be searched by how it is spelled. Nothing is ever joined by it.
create table if not exists account_spellings (
    account_key uuid primary key,
    fold_key uuid not null,
    account_id text not null,
    decided boolean not null);
create index if not exists account_spellings_fold on account_spellings (fold_key) where decided;
create index if not exists account_spellings_strange on account_spellings (fold_key) where not decided;

-- Which account a key belongs to, and who says so. Two origins may say different things: then the key is ambiguous.
create table if not exists bindings (
    claim_key uuid not null,
    origin_key uuid not null,
    account_key uuid not null,
    account_id text not null,
    source text not null,                -- whose record says so, for that system's corrections; empty for a decision or a person
    kind text not null,
    system text not null,
    value text not null,
    fold_key uuid not null,              -- of all keys that are spelled nearly so
    primary key (claim_key, origin_key));
create index if not exists bindings_fold on bindings (fold_key);
create index if not exists bindings_origin on bindings (origin_key);
create index if not exists bindings_account on bindings (account_key);

-- Whose a user is, from when on, as the user table or a contact says. Nothing is overwritten: what happened before a user moved
-- stays where it was.
create table if not exists user_links (
    claim_key uuid not null,
    origin_key uuid not null,
    valid_from timestamptz not null,
    tie uuid not null,
    of_table boolean not null,
    account_key uuid,                    -- none: from then on the origin says nothing
    account_id text,
    source text not null,
    user_id text not null,
    fold_key uuid not null,
    primary key (claim_key, origin_key, valid_from));
create index if not exists user_links_fold on user_links (fold_key);
create index if not exists user_links_account on user_links (account_key);

-- "This value, where this source writes it, means that account": a person's word, kept when it is undone.
create table if not exists corrections (
    correction_id uuid primary key,
    claim_key uuid not null,
    source text not null,
    kind text not null,
    system text not null,
    value text not null,
    account_key uuid not null,
    account_id text not null,
    author text not null,
    reason text not null,
    made_at timestamptz not null default clock_timestamp(),
    undone_by text,
    undone_reason text,
    undone_at timestamptz);
create unique index if not exists corrections_in_force on corrections (claim_key, source) where undone_at is null;

-- The newest version heard of whoever says something about keys: a record, a row of the user table, an account.
create table if not exists origins (
    origin_key uuid primary key,
    version bigint not null,
    tie uuid not null);

-- The version of each child object that is in, under the account that its claim leads to.
create table if not exists objects (
    object_key uuid primary key,
    claim_key uuid not null,
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
    body bytea not null,                 -- as it came: it may have to wait again
    message_id text,
    trace_parent text,
    waited interval,
    accepted_at timestamptz not null default clock_timestamp());
create index if not exists objects_account on objects (account_key);
-- What rests on a binding, to be found when that changes. An account_id that names its own account rests on none.
create index if not exists objects_claim on objects (claim_key, object_key) where claim_key <> account_key;

-- What waits: of each object the newest version for each claim that its versions decide by.
create table if not exists parked (
    object_key uuid not null,
    claim_key uuid not null,
    waits_for uuid not null,             -- the claim's key, or that of the account that it leads to
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
    primary key (object_key, claim_key));
-- The last two columns let the board of missing keys be read from the index alone.
create index if not exists parked_waits on parked (waits_for, parked_at, object_key, claim_key) include (source, why);
create index if not exists parked_claim on parked (claim_key, object_key) where claim_key <> waits_for;
create index if not exists parked_deadline on parked (deadline);

-- Versions that a newer one with another claim has overtaken; they are back if that one must leave.
create table if not exists overtaken (
    object_key uuid not null,
    claim_key uuid not null,
    observed_at timestamptz not null,
    tie uuid not null,
    body bytea not null,
    message_id text,
    trace_parent text,
    primary key (object_key, claim_key));

-- What must be looked at again: all that waits for a key that may lead elsewhere now and all that rests on it; or one object as
-- a whole. Work for the releaser.
create table if not exists releases (
    id uuid primary key,
    claim_key uuid,
    object_key uuid,
    since timestamptz,                   -- of what rests on the key, only what is of this time or later
    trigger text not null,
    trace_parent text,
    requested_at timestamptz not null default clock_timestamp());
create index if not exists releases_oldest on releases (requested_at, id);

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
    waits_for uuid,                      -- the key that it waited for in vain
    claim_kind text,
    claim_system text,
    claim_value text,
    reason text not null,
    detail text not null,
    trace_parent text,
    died_at timestamptz not null default clock_timestamp());
create index if not exists dead_object on dead (object_key);
create index if not exists dead_waits on dead (waits_for) where waits_for is not null;

-- Of what was given up for want of an answer: by which claim it would be decided, and for which key it must be looked at again, so
-- that the office hears when a replay would let it in.
do $$
begin
    if to_regclass('late_answers') is null then
        create table late_answers (
            dead_letter_id uuid primary key,
            claim_key uuid not null,
            claim_kind text not null,
            claim_system text not null,
            claim_value text not null,
            source text not null,
            observed_at timestamptz not null,
            waits_for uuid not null,     -- the claim's key, or that of the account that it leads to
            account_id text);            -- the account that a replay would put it under, as the office was told; null for none
        create index late_answers_waits on late_answers (waits_for, dead_letter_id);
        create index late_answers_claim on late_answers (claim_key, dead_letter_id) where claim_key <> waits_for;
        insert into late_answers (dead_letter_id, claim_key, claim_kind, claim_system, claim_value, source, observed_at, waits_for)
        select dead_letter_id, waits_for, claim_kind, claim_system, claim_value, source, observed_at, waits_for from dead where waits_for is not null and observed_at is not null;
    end if;
end $$;

-- People who came in, changed or left: their emails are to be read anew.
create table if not exists people_changed (object_key uuid not null);

-- What people say of users, as it was heard.
create table if not exists people_heard (
    user_id text not null,
    origin_key uuid not null,
    valid_from timestamptz not null,
    tie uuid not null,
    account_id text,
    source text not null);

-- The accepted usage events, by the day of their own time; a day is dropped as a whole. Their key holds that time too: what
-- happened at another time is another event. What is of no day that has a part is in events_rest.
create table if not exists events (like objects including defaults, primary key (object_key, observed_at)) partition by range (observed_at);
create table if not exists events_rest partition of events default;
create index if not exists events_claim on events (claim_key, object_key) where claim_key <> account_key;

-- Keys other than account_ids that events have been let in by: a look at each day's part is too much for each key that changes.
create table if not exists event_keys (claim_key uuid primary key);

create table if not exists event_counts (
    source text not null,
    object_type text not null,
    slot int not null,
    accepted bigint not null,
    released bigint not null,
    primary key (source, object_type, slot));

-- The 360-degree view: what belongs to the accounts that are in. The objects of an account that is withdrawn leave it and are
-- back when the account is.
create or replace view customer_objects as
select o.account_id, a.name as account_name, o.source, o.object_type, o.native_id, o.observed_at, o.accepted_at,
    convert_from(case when substring(o.body for 3) = '\xefbbbf' then substring(o.body from 4) else o.body end, 'UTF8')::json -> 'data' as data
from (select account_key, account_id, source, object_type, native_id, observed_at, accepted_at, body, deleted from objects
    union all select account_key, account_id, source, object_type, native_id, observed_at, accepted_at, body, deleted from events) o
join accounts a using (account_key)
where a.standing = 'admitted' and not o.deleted;
