-- How often each version answered what, and what it was asked on: counts of all servers, without any patient. slot is the beginning of
-- the time in which it was counted; the row of 1970 holds the first answers, which later ones are compared with.
create table auspex_watch_count (
    model varchar(120) not null,
    slot timestamp with time zone not null,
    about varchar(80) not null,
    bin varchar(40) not null,
    n bigint not null,
    primary key (model, slot, about, bin)
);

-- Times about which an Observation was stored, by whichever server came first.
create table auspex_watch_report (
    model varchar(120) not null,
    slot timestamp with time zone not null,
    observation varchar(120),
    primary key (model, slot)
);

create index auspex_result_created on auspex_result (model, created_at);
