-- Times are nanoseconds since 1970-01-01T00:00:00Z. Amounts are decimal text, because SQLite's
-- integers end at 64 bits.

-- An agent, who leases it, how many of its attempts carry a signature, and what does not add up.
create table agent (
  name text not null primary key,
  owner text,
  fence integer not null check (fence > 0),
  ends_at integer not null,
  signatures integer not null default 0 check (signatures >= 0),
  alarm text
) strict;

-- The accounts in the agent's address book, and since when they are there.
create table payee (
  agent text not null references agent (name),
  account text not null,
  at_nanos integer not null,
  primary key (agent, account)
) strict;

create table journal (
  agent text not null references agent (name),
  sequence integer not null check (sequence > 0),
  tick integer not null check (tick >= 0),
  at_nanos integer not null,
  event_type text not null,
  payload text not null,
  hash text not null,
  primary key (agent, sequence)
) strict;

create index journal_by_tick on journal (agent, tick, sequence);

create table intent (
  agent text not null references agent (name),
  tick integer not null,
  sequence integer not null,
  payload text not null,
  rule_name text not null,
  origins text not null,
  state text not null
    check (state in ('AWAITING', 'RESERVED', 'EXECUTING', 'SETTLED', 'FAILED', 'REFUSED')),
  at_nanos integer not null,
  primary key (agent, tick, sequence)
) strict;

create index open_intent on intent (agent, tick, sequence)
  where state in ('AWAITING', 'RESERVED', 'EXECUTING');

create table attempt (
  agent text not null,
  tick integer not null,
  sequence integer not null,
  number integer not null check (number > 0),
  state text not null
    check (state in ('PREPARED', 'SIGNED', 'SENT', 'LANDED', 'FAILED', 'DEAD', 'REFUSED')),
  completes integer not null check (completes in (0, 1)),
  unsigned_bytes blob not null,
  validity text not null,
  fee text not null check (fee not glob '*[^0-9]*' and fee <> ''),
  simulation text,
  transaction_chain text,
  transaction_id text,
  signed_bytes blob,
  at_nanos integer not null,
  primary key (agent, tick, sequence, number),
  foreign key (agent, tick, sequence) references intent (agent, tick, sequence)
) strict;

-- What people decided, in the order in which it came in.
create table approval (
  agent text not null,
  tick integer not null,
  sequence integer not null,
  number integer not null check (number > 0),
  approver text not null,
  digest blob not null,
  approves integer not null check (approves in (0, 1)),
  at_nanos integer not null,
  signature blob not null,
  primary key (agent, tick, sequence, number),
  unique (agent, tick, sequence, approver),
  foreign key (agent, tick, sequence) references intent (agent, tick, sequence)
) strict;

create table reservation (
  agent text not null,
  tick integer not null,
  sequence integer not null,
  number integer not null,
  rule_name text not null,
  unit text not null,
  counterparty text not null,
  asset text not null,
  amount text not null check (amount not glob '*[^0-9]*' and amount <> ''),
  at_nanos integer not null,
  released integer not null default 0 check (released in (0, 1)),
  primary key (agent, tick, sequence, number),
  foreign key (agent, tick, sequence) references intent (agent, tick, sequence)
) strict;

create index reservation_in_time on reservation (agent, rule_name, unit, at_nanos)
  where released = 0;

-- Running totals of the reservations that are not released, so that nobody adds up a history: for
-- all of an agent's intents, for those of each counterparty, and for those of each asset.
create table budget (
  number integer primary key,
  agent text not null references agent (name),
  rule_name text not null,
  unit text not null,
  per text not null check (per in ('AGENT', 'PAYEE', 'ASSET')),
  kept_for text not null,
  amount text not null check (ltrim(amount, '-') not glob '*[^0-9]*' and amount <> ''),
  unique (agent, rule_name, unit, per, kept_for)
) strict;

-- The same totals by spans of time: a span of width w and place p holds the reservations whose
-- time, without its last w binary digits, is p.
create table budget_span (
  budget integer not null references budget (number),
  width integer not null,
  place integer not null,
  amount text not null check (ltrim(amount, '-') not glob '*[^0-9]*' and amount <> ''),
  primary key (budget, width, place)
) strict, without rowid;

create table wallet (
  account text not null primary key,
  next_nonce integer not null
) strict;

create table ledger_entry (
  agent text not null references agent (name),
  number integer not null,
  entry_key text not null,
  at_nanos integer not null,
  description text not null,
  reference text not null,
  primary key (agent, number),
  unique (agent, entry_key)
) strict;

create table posting (
  agent text not null,
  number integer not null,
  line integer not null,
  account text not null,
  asset text not null,
  amount text not null check (ltrim(amount, '-') not glob '*[^0-9]*' and amount <> ''),
  primary key (agent, number, line),
  foreign key (agent, number) references ledger_entry (agent, number)
) strict;

-- The running sum of the postings to each account.
create table balance (
  agent text not null references agent (name),
  account text not null,
  asset text not null,
  amount text not null check (ltrim(amount, '-') not glob '*[^0-9]*' and amount <> ''),
  primary key (agent, account, asset)
) strict, without rowid;

-- A replacing insert deletes without firing delete triggers, so it is met before it inserts.
create trigger journal_continues before insert on journal
when new.sequence <> 1 + coalesce((select max(sequence) from journal where agent = new.agent), 0)
begin
  select raise(abort, 'the journal is append-only and has no gaps');
end;

create trigger journal_keeps before update on journal
begin
  select raise(abort, 'the journal is append-only');
end;

create trigger journal_holds before delete on journal
begin
  select raise(abort, 'the journal is append-only');
end;

create trigger ledger_continues before insert on ledger_entry
when exists (
  select 1 from ledger_entry
  where agent = new.agent and (number = new.number or entry_key = new.entry_key))
begin
  select raise(abort, 'the ledger is append-only');
end;

create trigger ledger_keeps before update on ledger_entry
begin
  select raise(abort, 'the ledger is append-only');
end;

create trigger ledger_holds before delete on ledger_entry
begin
  select raise(abort, 'the ledger is append-only');
end;

create trigger posting_continues before insert on posting
when exists (
  select 1 from posting where agent = new.agent and number = new.number and line = new.line)
begin
  select raise(abort, 'the ledger is append-only');
end;

create trigger posting_keeps before update on posting
begin
  select raise(abort, 'the ledger is append-only');
end;

create trigger posting_holds before delete on posting
begin
  select raise(abort, 'the ledger is append-only');
end;

create trigger approval_continues before insert on approval
when exists (
  select 1 from approval
  where agent = new.agent and tick = new.tick and sequence = new.sequence
    and (number = new.number or approver = new.approver))
begin
  select raise(abort, 'approvals are append-only');
end;

create trigger approval_keeps before update on approval
begin
  select raise(abort, 'approvals are append-only');
end;

create trigger approval_holds before delete on approval
begin
  select raise(abort, 'approvals are append-only');
end;

create trigger signature_stored after insert on attempt when new.signed_bytes is not null
begin
  update agent set signatures = signatures + 1 where name = new.agent;
end;

create trigger signature_changed after update of signed_bytes on attempt
when (old.signed_bytes is null) <> (new.signed_bytes is null)
begin
  update agent set signatures = signatures + iif(new.signed_bytes is null, -1, 1)
  where name = new.agent;
end;
