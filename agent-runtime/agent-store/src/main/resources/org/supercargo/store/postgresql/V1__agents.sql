-- Times are nanoseconds since 1970-01-01T00:00:00Z: timestamptz ends at microseconds, and the
-- journal's hashes are taken over every digit. Amounts hold any unsigned 256-bit number.

-- An agent, who leases it, how many of its attempts carry a signature, and what does not add up.
create table agent (
  name text collate "C" not null primary key,
  owner text,
  fence bigint not null check (fence > 0),
  ends_at bigint not null,
  signatures bigint not null default 0 check (signatures >= 0),
  alarm text
);

-- The accounts in the agent's address book, and since when they are there.
create table payee (
  agent text collate "C" not null references agent (name),
  account text collate "C" not null,
  at_nanos bigint not null,
  primary key (agent, account)
);

create table journal (
  agent text collate "C" not null references agent (name),
  sequence bigint not null check (sequence > 0),
  tick bigint not null check (tick >= 0),
  at_nanos bigint not null,
  event_type text not null,
  payload text not null,
  hash text not null,
  primary key (agent, sequence)
);

create index journal_by_tick on journal (agent, tick, sequence);

create table intent (
  agent text collate "C" not null references agent (name),
  tick bigint not null,
  sequence integer not null,
  payload text not null,
  rule_name text collate "C" not null,
  origins text not null,
  state text collate "C" not null
    check (state in ('AWAITING', 'RESERVED', 'EXECUTING', 'SETTLED', 'FAILED', 'REFUSED')),
  at_nanos bigint not null,
  primary key (agent, tick, sequence)
);

create index open_intent on intent (agent, tick, sequence)
  where state in ('AWAITING', 'RESERVED', 'EXECUTING');

create table attempt (
  agent text collate "C" not null,
  tick bigint not null,
  sequence integer not null,
  number integer not null check (number > 0),
  state text collate "C" not null
    check (state in ('PREPARED', 'SIGNED', 'SENT', 'LANDED', 'FAILED', 'DEAD', 'REFUSED')),
  completes integer not null check (completes in (0, 1)),
  unsigned_bytes bytea not null,
  validity text not null,
  fee numeric(78, 0) not null check (fee >= 0),
  simulation text,
  transaction_chain text,
  transaction_id text,
  signed_bytes bytea,
  at_nanos bigint not null,
  primary key (agent, tick, sequence, number),
  foreign key (agent, tick, sequence) references intent (agent, tick, sequence)
);

-- What people decided, in the order in which it came in.
create table approval (
  agent text collate "C" not null,
  tick bigint not null,
  sequence integer not null,
  number integer not null check (number > 0),
  approver text collate "C" not null,
  digest bytea not null,
  approves integer not null check (approves in (0, 1)),
  at_nanos bigint not null,
  signature bytea not null,
  primary key (agent, tick, sequence, number),
  unique (agent, tick, sequence, approver),
  foreign key (agent, tick, sequence) references intent (agent, tick, sequence)
);

create table reservation (
  agent text collate "C" not null,
  tick bigint not null,
  sequence integer not null,
  number integer not null,
  rule_name text collate "C" not null,
  unit text collate "C" not null,
  counterparty text collate "C" not null,
  asset text collate "C" not null,
  amount numeric(78, 0) not null check (amount >= 0),
  at_nanos bigint not null,
  released integer not null default 0 check (released in (0, 1)),
  primary key (agent, tick, sequence, number),
  foreign key (agent, tick, sequence) references intent (agent, tick, sequence)
);

create index reservation_in_time on reservation (agent, rule_name, unit, at_nanos)
  where released = 0;

-- Running totals of the reservations that are not released, so that nobody adds up a history: for
-- all of an agent's intents, for those of each counterparty, and for those of each asset.
create table budget (
  number bigint generated always as identity primary key,
  agent text collate "C" not null references agent (name),
  rule_name text collate "C" not null,
  unit text collate "C" not null,
  per text collate "C" not null check (per in ('AGENT', 'PAYEE', 'ASSET')),
  kept_for text collate "C" not null,
  amount numeric not null,
  unique (agent, rule_name, unit, per, kept_for)
);

-- The same totals by spans of time: a span of width w and place p holds the reservations whose
-- time, without its last w binary digits, is p.
create table budget_span (
  budget bigint not null references budget (number),
  width smallint not null,
  place bigint not null,
  amount numeric not null,
  primary key (budget, width, place)
);

create table wallet (
  account text collate "C" not null primary key,
  next_nonce bigint not null
);

create table ledger_entry (
  agent text collate "C" not null references agent (name),
  number bigint not null,
  entry_key text collate "C" not null,
  at_nanos bigint not null,
  description text not null,
  reference text not null,
  primary key (agent, number),
  unique (agent, entry_key)
);

create table posting (
  agent text collate "C" not null,
  number bigint not null,
  line integer not null,
  account text collate "C" not null,
  asset text collate "C" not null,
  amount numeric(78, 0) not null,
  primary key (agent, number, line),
  foreign key (agent, number) references ledger_entry (agent, number)
);

-- The running sum of the postings to each account.
create table balance (
  agent text collate "C" not null references agent (name),
  account text collate "C" not null,
  asset text collate "C" not null,
  amount numeric not null,
  primary key (agent, account, asset)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;

create trigger journal_is_append_only before update or delete or truncate on journal
  for each statement execute function refuse_change();

create trigger ledger_entry_is_append_only before update or delete or truncate on ledger_entry
  for each statement execute function refuse_change();

create trigger posting_is_append_only before update or delete or truncate on posting
  for each statement execute function refuse_change();

create trigger approval_is_append_only before update or delete or truncate on approval
  for each statement execute function refuse_change();

create function count_signature() returns trigger language plpgsql as $$
begin
  update agent set signatures = signatures + case when new.signed_bytes is null then -1 else 1 end
  where name = new.agent;
  return null;
end
$$;

create trigger signature_stored after insert on attempt
  for each row when (new.signed_bytes is not null) execute function count_signature();

create trigger signature_changed after update of signed_bytes on attempt
  for each row when ((old.signed_bytes is null) <> (new.signed_bytes is null))
  execute function count_signature();
