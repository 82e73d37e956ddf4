-- One row per job: what a client asked about many subjects, or without waiting for the answer. Each of its questions is a
-- row of auspex_work whose cause is 'job/' and the job's id.
create table auspex_job (
    id varchar(36) primary key,
    subjects varchar(2000) not null,
    as_of timestamp with time zone not null,
    persist boolean not null,
    priority varchar(10) not null,
    state varchar(10) not null,
    created_at timestamp with time zone not null
);

create index auspex_work_cause on auspex_work (cause, state);

-- What is due can be handed out in the order of an index, however much waits.
drop index auspex_work_due;

create index auspex_work_due on auspex_work (state, kind, model_name, due_at, id);
