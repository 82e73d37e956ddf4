-- How often a question was ever claimed. Whoever holds an older claim can end nothing any more, also after an operator
-- had the attempts counted anew.
alter table auspex_work add column claims integer default 0 not null;

-- When: for a prediction its last claim, for a review when it was first begun. By the database's clock.
alter table auspex_work add column claimed_at timestamp with time zone;

-- The result that answers the question, and the Task that shows an operator why there is none.
alter table auspex_work add column result varchar(120);
alter table auspex_work add column task varchar(120);

create index auspex_work_subject on auspex_work (subject, model_name, state);
create index auspex_work_task on auspex_work (task);
